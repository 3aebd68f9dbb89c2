#!/usr/bin/env bash
# Builds the programs of this package, runs each in a network namespace of its own, and compares its output with
# Expected/PROGRAM.txt. Then compares the examples of README.md with the programs.        Tests/LibraryUser/run.sh
#
# Needs root or user namespaces. Nothing of the machine is touched.
set -euo pipefail
shopt -s nullglob
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$root/.build/library-user

refuse() {
  echo "LibraryUser: $*" >&2
  exit 99
}

# --- Inside the network namespace: run.sh --inside PROGRAM ---

# Refuses to go on where links of the machine could be reached.
check_namespace() {
  local link
  [[ -n ${OUTSIDE-} && $(readlink /proc/self/ns/net) != "$OUTSIDE" ]] || refuse "this is not a network namespace of its own"
  while IFS=: read -r link _; do
    case ${link// /} in lo | *'|'*) ;; *) refuse "there is a link besides lo: ${link// /}" ;; esac
  done </proc/self/net/dev
}

# Starts a container: a process in a network namespace of its own, which ends with this shell. Its PID is $container.
start_container() {
  coproc unshare --net cat
  container=$COPROC_PID
  # `cat` answers: the namespace is there.
  echo ready >&"${COPROC[1]}"
  read -r <&"${COPROC[0]}"
}

# program NAME ARGUMENT…: the limit is for a program that never ends.
program() { timeout 300 stdbuf -oL "$scratch/debug/$1" "${@:2}"; }

# program_beside COMMAND NAME ARGUMENT…: as `program`; runs COMMAND when the first line of the output is there.
program_beside() {
  local output line command=$1
  exec {output}< <(program "${@:2}" 2>&1)
  local pid=$!
  read -r line <&"$output" && echo "$line"
  eval "$command" >&2
  cat <&"$output"
  wait "$pid"
}

# Numbers that differ from run to run, or from machine to machine, become N.
normalize() { sed -E 's/net:\[[0-9]+\]/net:[N]/; s/(process|forwarding:) [0-9]+/\1 N/'; }

run_inside() {
  case $1 in
  CreatePairInContainer)
    start_container
    program "$1" "$container"
    program "$1" "$container"
    ;;
  EnsurePair | AttachContainer)
    start_container
    program "$1" "$container"
    ;;
  FindPeers)
    start_container
    program CreatePairInContainer "$container" >&2
    program "$1"
    ;;
  WaitForAddress)
    start_container
    program_beside "program CreatePairInContainer $container" "$1" "$container"
    ;;
  WatchLinks)
    # How often a link is announced is the kernel's choice.
    program_beside "program AddAddress; program CreatePair" "$1" |
      awk '$1 == "changed:" { $0 = $1 " " $2 } /^deleted: vGUEST/ { next } !seen[$0]++'
    ;;
  GenericFamilies) program "$1" | grep '^nlctrl ' ;;
  *) program "$1" ;;
  esac 2> >(sed 's/^/  /' >&2) | normalize
}

if [[ ${1-} == --inside ]]; then
  check_namespace
  run_inside "$2"
  exit
fi

# --- Outside ---

passed=0
failed=0

# result STATUS NAME
result() {
  if [[ $1 == 0 ]]; then
    passed=$((passed + 1))
    echo "$2: passed"
  else
    failed=$((failed + 1))
    echo "$2: FAILED"
  fi
}

# Runs a program in a new network namespace, and prints how its output differs from the expected one.
run_program() {
  local namespace=(unshare --net) status=0 log=$scratch/$1.log output=$scratch/$1.txt
  [[ $(id -u) == 0 ]] || namespace=(unshare --user --map-root-user --net)
  "${namespace[@]}" "$here/run.sh" --inside "$1" >"$output" 2>"$log" || status=$?
  diff "$here/Expected/$1.txt" "$output" || status=1
  [[ $status == 0 ]] || cat "$log"
  result "$status" "$1"
}

# Looks for each ```swift block of README.md in the sources of the programs.
compare_readme() {
  local line block='' isInside='' file status=0 count=0 isFound
  while IFS= read -r line; do
    if [[ -z $isInside ]]; then
      if [[ $line == '```swift' ]]; then isInside=yes block=''; fi
    elif [[ $line == '```' ]]; then
      isInside='' isFound='' count=$((count + 1))
      for file in "$here"/Package.swift "$here"/Sources/*/main.swift; do
        if [[ $(<"$file")$'\n' == *"$block"* ]]; then isFound=yes; fi
      done
      if [[ -z $isFound ]]; then
        printf 'README.md: no program contains this example:\n%s' "$block"
        status=1
      fi
    else
      block+=$line$'\n'
    fi
  done <"$root/README.md"
  [[ $count -gt 0 ]] || status=1
  result "$status" "the $count examples of README.md"
}

# Without the cache of the build plan, in which SwiftPM misses new source files of a package that is used by path.
swift build --disable-build-manifest-caching --package-path "$here" --scratch-path "$scratch" || refuse "the programs do not compile"
OUTSIDE=$(readlink /proc/self/ns/net)
export OUTSIDE
for directory in "$here"/Sources/*/; do run_program "$(basename "$directory")"; done
compare_readme
echo "$passed passed, $failed failed"
[[ $failed == 0 ]]
