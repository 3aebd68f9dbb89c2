#!/usr/bin/env bash
# What vethctl costs, beside C, ip and busybox, in one table.        Tests/Benchmarks/bench.sh PROGRAM [start|quick|all]
#
# Status 1 when a threshold in thresholds.txt is broken. `all` takes some minutes. `quick` counts instructions and bytes,
# which are the same on a busy machine, and holds them to what was reached; `start` does so for the start alone.
# Times are medians of runs in several rounds, each begun by another program.
set -euo pipefail
program=$(readlink -f "$1")
extent=${2:-all}
cd "$(dirname "$0")"
PATH=$PATH:/usr/sbin:/sbin # an ordinary user's PATH on Debian lacks these, and `ip` lives there

# In namespaces of our own, so that what there is to show is the same everywhere, and nothing is left behind.
if [ "${3-}" != inside ]; then
  walls=(--net --mount)
  [ "$(id -u)" -eq 0 ] || walls+=(--user --map-root-user)
  exec timeout --foreground 15m unshare "${walls[@]}" "./${0##*/}" "$program" "$extent" inside
fi

fail() {
  echo "bench: $*" >&2
  exit 1
}

mount -t tmpfs bench /run # where ip keeps the names of namespaces
folder=$(mktemp -d)
containers=() # processes, each alone in a network namespace that has no name
clean() {
  if [ "${#containers[@]}" -gt 0 ]; then kill "${containers[@]}"; fi
  rm -r "$folder"
}
trap clean EXIT
cc -O2 -Wall -Wextra -Werror -D_GNU_SOURCE -fPIE -pie -Wl,-z,relro,-z,now -o "$folder/floor" floor.c -lmnl
cp "$program" "$folder/vethctl"
declare -A commands=([vethctl]=$folder/vethctl [floor]=$folder/floor [ip]=ip)
if command -v busybox >/dev/null; then commands[busybox]="busybox ip"; fi
listings=("link show" "-j link show" "-br link" "addr show")

# --- the table --------------------------------------------------------------------------------------------------------

declare -A cost=()  # of the row at hand, for each tool
declare -A ratio=() # of ours to the others' in it, where it is not that of the costs
broken=()           # rows

# tools ROW: those to measure: ours, and what the thresholds compare it with.
tools() {
  local line tool
  line=$(grep -e "^$1  " thresholds.txt) || fail "thresholds.txt has no line for: $1"
  echo vethctl
  for tool in floor ip busybox; do
    if [ -n "${commands[$tool]-}" ] && [[ ${line#"$1"} == *" $tool"* ]]; then echo "$tool"; fi
  done
}

# print_row ROW UNIT: what is in `cost`, with the ratio to what it costs others; what misses its goal in bold.
print_row() {
  local tool costs="" ratios=""
  for tool in "${!cost[@]}"; do costs+=" $tool ${cost[$tool]}"; done
  for tool in "${!ratio[@]}"; do ratios+=" $tool ${ratio[$tool]}"; done
  ratio=()
  awk -v row="$1" -v unit="$2" -v costs="$costs" -v ratios="$ratios" '
    function read(text, into,    words, count, i) {
      count = split(text, words, " ")
      for (i = 1; i < count; i += 2) into[words[i]] = words[i + 1]
    }
    BEGIN {
      read(costs, cost)
      read(ratios, ratio)
    }
    index($0, row "  ") == 1 {
      count = split(substr($0, length(row) + 1), goals, ",")
      for (i = 1; i <= count; i++) {
        split(goals[i], words, " ")
        limit[words[2]] = words[1]
        held[words[2]] = words[3] == "" ? words[1] : substr(words[3], 2) + 0
      }
    }
    function judged(text, number, against) {
      if (limit[against] == "" || number <= limit[against] + 0) return text
      if (number > held[against] + 0) is_broken = 1
      return "**" text "** > " limit[against]
    }
    function value(number) {
      if (unit == "ms") return sprintf("%.2f ms", number)
      if (unit == "instructions") return sprintf("%.2f M", number / 1000000)
      return sprintf("%d %s", number, unit)
    }
    END {
      ours = cost["vethctl"]
      if (ours == "") is_broken = 1
      line = row " | " (ours == "" ? "**not yet**" : judged(value(ours), ours, "bytes"))
      split("floor ip busybox", others, " ")
      for (i = 1; i <= 3; i++) {
        theirs = cost[others[i]]
        line = line " | " (theirs == "" ? "–" : value(theirs))
        if (ours != "" && theirs != "") {
          times = others[i] in ratio ? ratio[others[i]] : ours / theirs
          line = line ", " judged(sprintf("%.3f", times), times, others[i])
        }
      }
      print "| " line " |"
      exit is_broken
    }' thresholds.txt || broken+=("$1")
}

# --- measuring --------------------------------------------------------------------------------------------------------

# take_times TOOLS WORDS ROUNDS OPTION...: fills `cost` and `ratio` with medians; the options are hyperfine's, for each
# round. A ratio is taken within each round, where all see the machine in the same mood, and is the median of these.
take_times() {
  local tool lines=() median times i
  for tool in $1; do lines+=(--command-name "$tool" "${commands[$tool]} $2"); done
  for ((i = 0; i < $3; i++)); do
    hyperfine --shell none --style none "${@:4}" --export-json "$folder/$i.json" "${lines[@]}" 2>"$folder/log" ||
      fail "$(cat "$folder/log")"
    lines=("${lines[@]:3}" "${lines[@]:0:3}") # another one goes first
  done
  cost=() ratio=()
  while read -r tool median times; do
    cost[$tool]=$median
    if [ "$times" != null ]; then ratio[$tool]=$times; fi
  done < <(
    jq -rs 'def median: sort | .[length / 2 | floor];
      [.[].results | map({(.command): .times}) | add] as $rounds | $rounds[0] | keys[] as $tool |
      [$rounds[] | .vethctl as $ours | .[$tool] as $theirs | select($ours) |
        ($ours | median) / ($theirs | median)] as $times |
      "\($tool) \([$rounds[][$tool][]] | median * 1000) \($times | median)"' "$folder"/*.json
  )
  rm "$folder"/*.json
}

# time_listing ROW ROUNDS RUNS WORDS: in each round so many runs.
time_listing() {
  local tools
  tools=$(tools "$1")
  if ! can "$4"; then tools=${tools#vethctl}; fi
  take_times "$tools" "$4" "$2" --warmup 1 --runs "$3"
  print_row "$1" ms
}

# time_change ROW ROUNDS PREPARATION WORDS: one run in each round, after the preparation.
time_change() {
  take_times "$(tools "$1")" "$4" "$2" --runs 1 --prepare "sh -c '$3'"
  print_row "$1" ms
}

# can WORDS: what vethctl cannot do yet, takes no time.
# shellcheck disable=SC2086  # words
can() { "$program" $1 >/dev/null 2>&1; }

# count_instructions WORDS: without the caller's environment, as starting a program reads all of it.
count_instructions() {
  local tool row="instructions: $1" count=(valgrind --tool=callgrind --callgrind-out-file=/dev/null)
  command -v valgrind >/dev/null || return 0
  cost=()
  for tool in $(tools "$row"); do
    # shellcheck disable=SC2086  # words
    cost[$tool]=$(env --ignore-environment PATH="$PATH" "${count[@]}" ${commands[$tool]} $1 2>&1 >/dev/null |
      sed -n 's/.*Collected : //p')
  done
  print_row "$row" instructions
}

# peak TOOL WORDS: the most memory it ever holds, in KB; the mean of 25 runs, as where the kernel puts a library decides
# how much of it is mapped at once.
peak() {
  local run
  for run in {1..25}; do
    # shellcheck disable=SC2086  # words
    /usr/bin/time --format %M --output "$folder/peak.$run" ${commands[$1]} $2 >/dev/null
  done
  awk '{ sum += $1 } END { printf "%.0f\n", sum / NR }' "$folder"/peak.*
}

# measure_memory ROW WORDS
measure_memory() {
  local tool
  cost=()
  for tool in $(tools "$1"); do cost[$tool]=$(peak "$tool" "$2"); done
  print_row "$1" KB
}

# must_agree WORDS...: vethctl and the floor print the same, or there is nothing to compare.
must_agree() {
  local words
  for words; do
    # shellcheck disable=SC2086  # words
    cmp -s <(${commands[vethctl]} $words) <(${commands[floor]} $words) || fail "vethctl and the floor differ: $words"
  done
}

# write_batches FOLDER FIRST LAST: a file for each thing to do to so many pairs.
write_batches() {
  local n
  mkdir "$1"
  for ((n = $2; n <= $3; n++)); do
    echo "link add a$n type veth peer name b$n" >&3
    echo "addr add 10.0.$((n / 256)).$((n % 256))/32 dev a$n" >&4
    echo "link set a$n up" >&5
    echo "link del a$n" >&6
    echo "link set a$n group 7" >&7
  done 3>"$1/add" 4>"$1/addr" 5>"$1/up" 6>"$1/del" 7>"$1/group"
}

# populate FOLDER: the pairs of its batches, and an address for each.
populate() {
  "$folder/floor" -batch "$1/add"
  ip -batch "$1/addr"
}

# start_containers COUNT: each tells its number once it is where it is to be.
start_containers() {
  local pid
  while [ "${#containers[@]}" -lt "$1" ]; do
    # shellcheck disable=SC2016  # its own $$
    read -r pid < <(unshare --net sh -c 'echo $$; exec sleep 15m >/dev/null')
    containers+=("$pid")
  done
  export CONTAINERS="${containers[*]}"
}

# --- what is measured -------------------------------------------------------------------------------------------------

echo "| work | vethctl | C floor | ip | busybox |"
echo "|---|---|---|---|---|"

# Without packed relocations, which an older C library cannot read, it is 15 KB larger, and not held to this.
if readelf -W -d "$program" | grep -q RELR; then
  cost=([vethctl]=$(stat -c %s "$program"))
  print_row "stripped program" bytes
fi

must_agree "link show lo"
count_instructions "link show lo"
if [ "$extent" = all ]; then
  measure_memory "peak memory: link show lo" "link show lo"
  time_listing "link show lo" 20 25 "link show lo"
fi

if [ "$extent" != start ]; then
  few=$folder/few more=$folder/more
  write_batches "$few" 1 1000
  populate "$few"
  must_agree "${listings[@]}"
  for words in "${listings[@]}"; do count_instructions "$words"; done
fi

if [ "$extent" = all ]; then
  measure_memory "peak memory: link show, 2,000 links" "link show"
  few_peak=${cost[vethctl]}
  for words in "${listings[@]}" "-j -d -s link show"; do time_listing "$words, 2,000 links" 21 3 "$words"; done

  write_batches "$more" 1001 10000
  populate "$more"
  must_agree "${listings[@]}"
  cost=([vethctl]=$((($(peak vethctl "link show") - few_peak) * 1024 / 18000)))
  print_row "peak memory: each further link" bytes
  for words in "${listings[@]}"; do time_listing "$words, 20,000 links" 12 1 "$words"; done

  # One by one, links take 20 ms each to delete; in a group they go together.
  delete="{ ip -force -batch $few/group; ip link del group 7; } 2>$folder/log; true"
  renew="$delete; $folder/floor -batch $few/add"
  ip -batch "$more/group"
  sh -c "$delete"
  time_change "batch of 1,000 link add" 12 "$delete" "-batch $few/add"
  time_change "batch of 1,000 addr add" 12 "$renew" "-batch $few/addr"
  time_change "batch of 1,000 link set up" 12 "$renew" "-batch $few/up"
  time_change "batch of 1,000 link del" 1 "$renew" "-batch $few/del"
  # For this, ip has no words: it is held against the batch.
  theirs=${cost[ip]} words="link del$(sed 's/link del//' "$few/del" | tr -d '\n')"
  cost=()
  sh -c "$renew"
  if can "$words"; then take_times vethctl "$words" 3 --runs 1 --prepare "sh -c '$renew'"; fi
  cost[ip]=$theirs
  print_row "link del of 1,000 at once" ms

  # For what follows, ip has no words either: it is held against scripts.
  sh -c "$delete"
  start_containers 200
  for way in made moved; do
    commands[ip]="./by-ip.sh $way"
    time_change "attach, where ip has it $way" 20 "$program detach ${containers[0]}; true" \
      "attach ${containers[0]} host h0 addr 10.0.0.2/24 gateway 10.0.0.1"
  done
  "$program" detach "${containers[0]}"
  printf "attach %s addr 10.0.0.2/24\n" "${containers[@]}" | "$program" -batch - >/dev/null
  time_listing "-j pair show, 200 namespaces" 4 2 "-j pair show"
fi

if readelf -W -d "$program" | grep -q '\[libm\.so'; then
  echo "The limits are those of the Embedded build. This is the static one, sixty times the size."
elif [ "${#broken[@]}" -gt 0 ]; then
  printf 'bench: over the limit: %s\n' "${broken[@]}" >&2
  exit 1
fi
