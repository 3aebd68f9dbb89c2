# A machine of its own for one command line: state made by `ip`, the line run by $PROGRAM, what is left told by `ip`.
#
# Sandbox.swift starts this file as the first process of new network, mount and PID namespaces, with
#   OUTSIDE  the network namespace that must not be seen here     RESULT   the folder for what came of it
#   STATE    commands that make the starting state                PROGRAM  the program under test
#   LINE     its words, split as by a shell                       STRIPPED set: run it without any capability
#   TASK     which of the functions below to run
#   CHANGES, LAST, BESIDE: for `watch`
# and everything started here ends with it: this shell is the PID namespace's init.

set -u
refuse() { echo "sandbox: $*" >&2; exit 99; }

# --- the guard: nothing may happen where the machine's own links could be reached -----------------------------------

[[ -n $OUTSIDE && $(readlink /proc/self/ns/net) != "$OUTSIDE" ]] || refuse "this is not a network namespace of its own"
[[ $$ == 1 ]] || refuse "this is not a PID namespace of its own"
while IFS=: read -r link _; do
  case ${link// /} in lo | *'|'*) ;; *) refuse "there is a link besides lo: ${link// /}" ;; esac
done </proc/self/net/dev

mount -t tmpfs tmpfs /run || refuse "no private /run"
[[ /var/run -ef /run ]] || mount --bind /run /var/run || refuse "no private /var/run"

# --- what the commands of a state may use -------------------------------------------------------------------------

# No addresses of the kernel's own choice, and none that stays "tentative" for seconds.
quiet='cd /proc/sys/net/ipv6/conf && echo 1 >default/addr_gen_mode && echo 0 >default/router_solicitations &&
       echo 0 >default/accept_dad && echo 0 >all/accept_dad'
(eval "$quiet") || refuse "IPv6 cannot be kept quiet"

# namespace NAME: a named network namespace.
namespace() { ip netns add "$1" && nsenter --net="/run/netns/$1" bash -c "$quiet"; }

# elsewhere: a process in a network namespace that has no name; its number is $PID from now on.
elsewhere() {
  local ours; ours=$(readlink /proc/self/ns/net)
  unshare -n bash -c "$quiet; exec sleep infinity" &
  PID=$!
  for _ in {1..500}; do
    [[ $(readlink "/proc/$PID/ns/net") != "$ours" && $(</proc/$PID/comm) == sleep ]] && return
    sleep 0.005
  done
  refuse "no process elsewhere"
}

# --- waiting and looking ------------------------------------------------------------------------------------------

# in_each COMMAND…: runs it with the name of each network namespace and the words that lead into it.
in_each() {
  "$@" main env
  local file
  for file in /run/netns/*; do [[ -e $file ]] && "$@" "${file##*/}" nsenter --net="$file"; done
  [[ -z ${PID-} ]] || "$@" elsewhere nsenter --net="/proc/$PID/ns/net"
}

# The kernel's link watch lags behind up and down, and IPv6 behind a new address: which links of a namespace still move?
# Asking for one link by itself makes the kernel catch up with it.
find_moving() {
  local name flags rest
  shift
  while read -r _ name flags rest; do
    case $flags in
      *LOOPBACK* | *DORMANT*) continue ;;
      *[,\<]UP[,\>]*) ;;
      *) continue ;;
    esac
    case "$flags $rest" in
      *NO-CARRIER*LOWER_UP* | *NO-CARRIER*' state UP '* | *' state UNKNOWN '*) ;;
      *NO-CARRIER* | *LOWER_UP*) continue ;;
    esac
    moving=1
    name=${name%:}
    "$@" ip link show dev "${name%@*}" >/dev/null
  done < <("$@" ip -o link)
  while read -r _ _ _ _ flags _; do (((0x$flags & 0x48) == 0x40)) && moving=1; done < <("$@" cat /proc/self/net/if_inet6)
}

settle() {
  for _ in {1..400}; do
    moving=0
    in_each find_moving
    ((moving)) || return 0
    sleep 0.01
  done
}

# Everything a command could have changed.
look_into() {
  echo "namespace $1"; shift
  "$@" ip -d -j -p link
  "$@" ip -j -p addr
}
look() {
  in_each look_into
  local process
  for process in /proc/[0-9]*; do
    case ${process##*/} in "$$" | "${PID-}") continue ;; esac
    for _ in 1 2 3 4 5; do [[ -e $process ]] && sleep 0.02; done
    [[ ! -e $process ]] || echo "process left behind: $(<"$process/comm")"
  done
}

# --- tasks --------------------------------------------------------------------------------------------------------

# Under the name that scripts call it by, which messages repeat.
ln -s "$PROGRAM" /run/ip
command=(/run/ip)
[[ -z ${STRIPPED-} ]] || command=(setpriv --bounding-set=-all --inh-caps=-all "${command[@]}")

begin() {
  trap 'refuse "the starting state could not be made: $BASH_COMMAND"' ERR
  eval "$STATE"
  trap - ERR
  settle
  look >"$RESULT/before"
}
finish() {
  echo "$1" >"$RESULT/status"
  settle
  look >"$RESULT/left"
}

# One line, as a script would run it.
answer() {
  begin
  eval '"${command[@]}"' "$LINE" >"$RESULT/stdout" 2>"$RESULT/stderr" </dev/null
  finish $?
}

# One line, with a terminal for stdin, stdout and stderr; STDERR_TO or STDOUT_TO a file takes one of them away.
answer_on_terminal() {
  begin
  printf '%s\n' "exec ${command[*]@Q} $LINE ${REDIRECTED-}" >/run/line
  script -qec "bash /run/line" /dev/null >"$RESULT/stdout" </dev/null
  : >"$RESULT/stderr"
  finish $?
}

# Many lines one after the other, each held to five seconds: how each of them ended.
endure() {
  begin
  while IFS= read -r LINE; do
    eval 'timeout -k 1 5 "${command[@]}"' "$LINE" >/dev/null 2>&1 </dev/null
    echo "$? $LINE"
  done <"$RESULT/lines" >"$RESULT/stdout"
  : >"$RESULT/stderr"
  finish 0
}

# A change of each sort, to be known by its number: of the links, the addresses, and the ids of namespaces.
mark() {
  ip link set lo mtu $((60000 + $1))
  ip addr add "10.255.0.$1/32" dev lo
  ip netns add "mark$1"
  ip netns set "mark$1" $((1000 + $1))
}

# wait_for FILE REGULAR-EXPRESSION
wait_for() {
  for _ in {1..2000}; do
    grep -q "$2" "$1" && return
    sleep 0.005
  done
  refuse "$2 does not show: $(tail -n 3 "$1")"
}

# For CHANGES: waits until both have told of one, as its names may be gone with the next.
told() {
  wait_for "$RESULT/stdout" "$1"
  [[ -z $theirs ]] || wait_for "$RESULT/stderr" "$1"
}

# What LINE tells while CHANGES happen; where BESIDE is set, on stderr what `ip` tells meanwhile. Both are known to listen
# before mark 100, and to have told everything when the LAST sort of mark 101 shows (mtu 60101, 10.255.0.101, nsid 1101).
watch() {
  begin
  eval 'exec "${command[@]}"' "$LINE" >"$RESULT/stdout" 2>&1 </dev/null &
  local ours=$! theirs= number=0
  : >"$RESULT/stderr"
  if [[ -n ${BESIDE-} ]]; then
    eval exec ip "$LINE" >"$RESULT/stderr" 2>&1 </dev/null &
    theirs=$!
  fi
  until [[ -s $RESULT/stdout && (-z $theirs || -s $RESULT/stderr) ]]; do
    ((++number < 100)) || refuse "nothing is told"
    mark $number
    sleep 0.01
  done
  mark 100
  eval "$CHANGES"
  mark 101
  wait_for "$RESULT/stdout" "$LAST"
  [[ -z $theirs ]] || wait_for "$RESULT/stderr" "$LAST"
  kill "$ours" ${theirs:+"$theirs"}
  wait "$ours"
  finish $?
}

"$TASK"
