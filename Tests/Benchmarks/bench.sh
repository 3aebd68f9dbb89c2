#!/usr/bin/env bash
# Compares vethctl with C, ip and busybox, in one table.        Tests/Benchmarks/bench.sh PROGRAM [start|quick|all]
#
# Returns status 1 where a limit in thresholds.txt is exceeded. `quick` counts instructions and bytes, which do not depend
# on the load of the machine, and takes seconds; `start` counts those of one command only; `all` measures times and memory
# too, and takes some minutes.
set -euo pipefail
program=$(readlink -f "$1")
extent=${2:-all}
cd "$(dirname "$0")"
PATH=$PATH:/usr/sbin:/sbin # an ordinary user's PATH on Debian lacks these, which hold `ip`

# In namespaces of its own, the benchmark sees the same links everywhere, and leaves nothing behind.
if [ "${3-}" != inside ]; then
  namespaces=(--net --mount)
  [ "$(id -u)" -eq 0 ] || namespaces+=(--user --map-root-user)
  exec timeout --foreground 30m unshare "${namespaces[@]}" "./${0##*/}" "$program" "$extent" inside
fi

fail() {
  echo "bench: $*" >&2
  exit 1
}

mount -t tmpfs bench /run # where ip keeps the names of namespaces
directory=$(mktemp -d)
containers=() # PIDs of processes, each alone in a network namespace that has no name
clean() {
  if [ "${#containers[@]}" -gt 0 ]; then kill "${containers[@]}"; fi
  rm -r "$directory"
}
trap clean EXIT
compile=(cc -O2 -Wall -Wextra -Werror -D_GNU_SOURCE -fPIE -pie "-Wl,-z,relro,-z,now")
"${compile[@]}" -o "$directory/floor.linked" floor.c -lmnl
"${compile[@]}" -o "$directory/interleave" interleave.c
# Both are new copies: how a file came into the page cache decides how fast the kernel maps it.
cp "$directory/floor.linked" "$directory/floor"
cp "$program" "$directory/vethctl"
declare -A commands=([vethctl]=$directory/vethctl [floor]=$directory/floor [ip]=ip)
if command -v busybox >/dev/null; then commands[busybox]="busybox ip"; fi
listings=("link show" "-j link show" "-br link" "addr show")

# --- the table --------------------------------------------------------------------------------------------------------

declare -A cost=()  # of the current row, for each tool
declare -A ratio=() # of the costs in the current row, vethctl's to another tool's, where it is not that of `cost`
exceeded=()         # rows

# others ROW: the tools that thresholds.txt compares vethctl with in this row, as far as they are installed.
others() {
  local line tool
  line=$(grep -e "^$1  " thresholds.txt) || fail "thresholds.txt has no line for: $1"
  for tool in floor ip busybox; do
    if [ -n "${commands[$tool]-}" ] && [[ ${line#"$1"} == *" $tool"* ]]; then echo "$tool"; fi
  done
}

# print_row ROW UNIT: prints `cost` and the ratios; a value that exceeds its limit in bold.
print_row() {
  local tool costs="" ratios=""
  for tool in "${!cost[@]}"; do costs+=" $tool ${cost[$tool]}"; done
  for tool in "${!ratio[@]}"; do ratios+=" $tool ${ratio[$tool]}"; done
  cost=() ratio=()
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
      count = split(substr($0, length(row) + 1), limits, ",")
      for (i = 1; i <= count; i++) {
        split(limits[i], words, " ")
        limit[words[2]] = words[1]
      }
    }
    function checked(text, number, against) {
      if (limit[against] == "" || number <= limit[against] + 0) return text
      is_exceeded = 1
      return "**" text "** > " limit[against]
    }
    function value(number) {
      if (unit == "ms") return sprintf("%.2f ms", number)
      if (unit == "instructions") return sprintf("%.2f M", number / 1000000)
      return sprintf("%d %s", number, unit)
    }
    END {
      own = cost["vethctl"]
      line = row " | " checked(value(own), own, "bytes")
      split("floor ip busybox", others, " ")
      for (i = 1; i <= 3; i++) {
        other = cost[others[i]]
        line = line " | " (other == "" ? "–" : value(other))
        if (other != "") {
          times = others[i] in ratio ? ratio[others[i]] : own / other
          line = line ", " checked(sprintf("%.3f", times), times, others[i])
        }
      }
      print "| " line " |"
      exit is_exceeded
    }' thresholds.txt || exceeded+=("$1")
}

# --- measuring --------------------------------------------------------------------------------------------------------

# measure_time ROUNDS RUNS PREPARATION WORDS [TOOL]: runs vethctl in turn with another tool; see interleave.c.
measure_time() {
  local run=("${commands[vethctl]} $4") times
  if [ -n "${5-}" ]; then run+=("${commands[$5]} $4"); fi
  "$directory/interleave" "$1" "$2" "$3" "${run[@]}" >"$directory/times" 2>"$directory/log" ||
    fail "$(cat "$directory/log")"
  mapfile -t times <"$directory/times"
  cost[vethctl]=${cost[vethctl]-${times[0]% *}}
  if [ -n "${5-}" ]; then cost[$5]=${times[1]% *} ratio[$5]=${times[1]#* }; fi
}

# compare_time ROW ROUNDS RUNS PREPARATION WORDS: with one other tool at a time, as each tool disturbs the caches; in a
# quarter of the rounds with ip and busybox, whose limits are far from what vethctl needs.
compare_time() {
  local tool tools rounds
  tools=$(others "$1")
  for tool in $tools; do
    rounds=$2
    if [ "$tool" != floor ]; then rounds=$((rounds / 4)); fi
    measure_time "$rounds" "${@:3:3}" "$tool"
  done
  print_row "$1" ms
}

# count_instructions ROW WORDS: without the environment, as each program reads all of it when it starts.
count_instructions() {
  local tool tools count=(valgrind --tool=callgrind --callgrind-out-file=/dev/null)
  command -v valgrind >/dev/null || return 0
  tools=$(others "$1")
  for tool in vethctl $tools; do
    # shellcheck disable=SC2086  # words
    cost[$tool]=$(env --ignore-environment PATH="$PATH" "${count[@]}" ${commands[$tool]} $2 2>&1 >/dev/null |
      sed -n 's/.*Collected : //p')
  done
  print_row "$1" instructions
}

# peak TOOL WORDS: the peak memory in KB, as the mean of 25 runs: it depends on the addresses that the kernel chooses for
# the libraries.
peak() {
  local run
  for run in {1..25}; do
    # shellcheck disable=SC2086  # words
    /usr/bin/time --format %M --output "$directory/peak.$run" ${commands[$1]} $2 >/dev/null
  done
  awk '{ sum += $1 } END { printf "%.0f\n", sum / NR }' "$directory"/peak.*
}

# measure_memory ROW WORDS
measure_memory() {
  local tool tools
  tools=$(others "$1")
  for tool in vethctl $tools; do cost[$tool]=$(peak "$tool" "$2"); done
  print_row "$1" KB
}

# must_agree WORDS...: fails where vethctl and the floor do not print the same, as costs cannot be compared then.
must_agree() {
  local words
  for words; do
    # shellcheck disable=SC2086  # words
    cmp -s <(${commands[vethctl]} $words) <(${commands[floor]} $words) || fail "vethctl and the floor differ: $words"
  done
}

# write_batches DIRECTORY FIRST LAST: writes a batch file for each action on the pairs of these numbers.
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

# populate DIRECTORY: makes the pairs of its batch files, with an address each.
populate() {
  "$directory/floor" -batch "$1/add"
  ip -batch "$1/addr"
}

# start_containers COUNT: each prints its PID once it is in its namespace.
start_containers() {
  local pid
  while [ "${#containers[@]}" -lt "$1" ]; do
    # shellcheck disable=SC2016  # its own $$
    read -r pid < <(unshare --net sh -c 'echo $$; exec sleep 15m >/dev/null')
    containers+=("$pid")
  done
  export CONTAINERS="${containers[*]}"
}

# --- the rows ---------------------------------------------------------------------------------------------------------

echo "| work | vethctl | C floor | ip | busybox |"
echo "|---|---|---|---|---|"

cost=([vethctl]=$(stat -c %s "$program"))
print_row "stripped program" bytes

must_agree "link show lo"
count_instructions "instructions: link show lo" "link show lo"
if [ "$extent" = all ]; then
  measure_memory "peak memory: link show lo" "link show lo"
  compare_time "link show lo" 20 200 "" "link show lo"
fi

if [ "$extent" != start ]; then
  few=$directory/few more=$directory/more
  write_batches "$few" 1 1000
  populate "$few"
  must_agree "${listings[@]}"
  for words in "${listings[@]}"; do count_instructions "instructions: $words, 2,000 links" "$words"; done
fi

if [ "$extent" = all ]; then
  measure_memory "peak memory: link show, 2,000 links" "link show"
  few_peak=$(peak vethctl "link show")
  for words in "${listings[@]}" "-j -d -s link show"; do compare_time "$words, 2,000 links" 20 10 "" "$words"; done

  write_batches "$more" 1001 10000
  populate "$more"
  must_agree "${listings[@]}"
  for words in "${listings[@]}"; do count_instructions "instructions: $words, 20,000 links" "$words"; done
  cost=([vethctl]=$((($(peak vethctl "link show") - few_peak) * 1024 / 18000)))
  print_row "peak memory: each further link" bytes
  for words in "${listings[@]}"; do compare_time "$words, 20,000 links" 12 4 "" "$words"; done

  # One by one, links take 20 ms each to delete; in a group they go together.
  delete="{ ip -force -batch $few/group; ip link del group 7; } 2>$directory/log; true"
  renew="$delete; $directory/floor -batch $few/add"
  ip -batch "$more/group"
  sh -c "$delete"
  compare_time "batch of 1,000 link add" 24 1 "$delete" "-batch $few/add"
  compare_time "batch of 1,000 addr add" 32 1 "$renew" "-batch $few/addr"
  compare_time "batch of 1,000 link set up" 32 1 "$renew" "-batch $few/up"
  # ip has no command that deletes a list of links: it is measured with the batch.
  measure_time 1 1 "$renew" "-batch $few/del" ip
  ip_time=${cost[ip]}
  print_row "batch of 1,000 link del" ms
  measure_time 3 1 "$renew" "link del$(sed 's/link del//' "$few/del" | tr -d '\n')"
  cost[ip]=$ip_time
  print_row "link del of 1,000 at once" ms

  # ip has no commands for what follows: it is measured in scripts.
  sh -c "$delete"
  start_containers 200
  for way in made moved; do
    commands[ip]="./by-ip.sh $way"
    compare_time "attach, where ip has it $way" 80 1 "$program detach ${containers[0]}; true" \
      "attach ${containers[0]} host h0 addr 10.0.0.2/24 gateway 10.0.0.1"
  done
  "$program" detach "${containers[0]}"
  printf "attach %s addr 10.0.0.2/24\n" "${containers[@]}" | "$program" -batch - >/dev/null
  compare_time "-j pair show, 200 namespaces" 16 2 "" "-j pair show"
fi

if readelf -W -d "$program" | grep -q '\[libm\.so'; then
  echo "The limits are those of the Embedded build. This is the static build, 26 times the size."
elif [ "${#exceeded[@]}" -gt 0 ]; then
  printf 'bench: exceeds its limit: %s\n' "${exceeded[@]}" >&2
  exit 1
fi
