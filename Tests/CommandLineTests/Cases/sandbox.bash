# A machine of its own for one command line: state made by `ip`, the line run by $PROGRAM, what is left told by `ip`.
#
# Sandbox.swift starts this file as the first process of new network, mount and PID namespaces, with
#   OUTSIDE  the network namespace that must not be seen here     RESULT   the folder for what came of it
#   STATE    commands that make the starting state                PROGRAM  the program under test
#   TASK     which of the functions below to run                  STRIPPED set: run it without any capability
#   LINE     its words, split as by a shell, for tasks that take one; those that take many read $RESULT/lines
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
  while [[ -e /proc/$PID ]]; do
    [[ $(readlink "/proc/$PID/ns/net") != "$ours" && $(</proc/$PID/comm) == sleep ]] && return
    sleep 0.005
  done
  refuse "no process elsewhere"
}

# --- waiting and looking ------------------------------------------------------------------------------------------

# Nothing here fails for being late: a wait ends when what is waited for is there. Only after so many seconds, which no
# busy machine needs, something must be wrong.
patience=300

# in_each COMMAND…: runs it with the name of each network namespace and the words that lead into it.
in_each() {
  "$@" main
  local file
  for file in /run/netns/*; do [[ -e $file ]] && "$@" "${file##*/}" nsenter --net="$file"; done
  [[ -z ${PID-} ]] || "$@" elsewhere nsenter --net="/proc/$PID/ns/net"
}

# Everything that a command could have changed: the links and addresses in each namespace, and processes.
look() {
  look_at_links
  look_for_processes
}
look_at_links() { in_each look_into; }
look_into() {
  echo "namespace $1"; shift
  "$@" ip -d -j -p addr
}

# A process that is about to end is waited for. One that has been asleep for half a second, as all others have, stays.
look_for_processes() {
  local process state asleep=0 others=()
  while ((asleep < 25)); do
    others=()
    ((++asleep))
    for process in /proc/[0-9]*; do
      case ${process##*/} in "$$" | "${PID-}") continue ;; esac
      read -r state 2>/dev/null <"$process/stat" || continue
      others+=("$process")
      state=${state##*) }
      [[ $state == S* ]] || asleep=0
    done
    ((${#others[@]})) || return 0
    sleep 0.02
  done
  for process in "${others[@]}"; do echo "process left behind: $(<"$process/comm")"; done
}

# What is not settled yet in FILE, the links, addresses and routes that were seen last, goes to /run/unsettled, as
# `NAMESPACE LINK`. The kernel's link watch lags behind up and down, and duplicate address detection behind a new address.
find_unsettled() {
  awk '
    $1 == "namespace" { namespace = $2 }
    $1 == "\"ifname\":" { name = unquoted($2) }
    $1 == "\"flags\":" { flags = $0 }
    $1 == "\"operstate\":" && flags ~ /"UP"/ && flags !~ /"(LOOPBACK|DORMANT)"/ {
      has_carrier = flags ~ /"LOWER_UP"/
      lacks_carrier = flags ~ /"NO-CARRIER"/
      if (has_carrier == lacks_carrier || lacks_carrier && $2 ~ /"(UP|UNKNOWN)"/) print namespace, name
      lacking[namespace, name] = lacks_carrier
    }
    $1 == "\"tentative\":" { tentative = 1 }
    $1 == "\"dadfailed\":" { tentative = 0 }
    $1 == "\"dst\":" { is_route = 1 }
    $1 == "\"dev\":" { device = unquoted($2) }
    /^ *}/ {
      if (tentative) print namespace, name
      if (is_route && (flags ~ /"linkdown"/) != lacking[namespace, device]) print namespace, device
      tentative = is_route = 0
    }
    function unquoted(text) { gsub(/[",]/, "", text); return text }
  ' "$1" >/run/unsettled
}

# settle: waits until everything is settled.
settle() {
  look_at_links >/run/settled
  look_until_settled /run/settled look_at_links
}

# look_until_settled FILE COMMAND: where FILE, which COMMAND wrote, is not settled, it is written again until it is.
look_until_settled() {
  local since=$SECONDS
  while find_unsettled "$1"; [[ -s /run/unsettled ]]; do
    ((SECONDS - since < patience)) || refuse "not settled: $(</run/unsettled)"
    in_each hurry
    sleep 0.01
    "$2" >"$1"
  done
}

# Asking for one link by itself makes the kernel catch up with it.
hurry() {
  local namespace name words=("${@:2}")
  while read -r namespace name; do
    [[ $namespace != "$1" ]] || "${words[@]}" ip link show dev "$name" >/run/noise 2>&1
  done </run/unsettled
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
  look >"$RESULT/before"
  look_until_settled "$RESULT/before" look
}
finish() {
  echo "$1" >"$RESULT/0.status"
  look >"$RESULT/left"
  look_until_settled "$RESULT/left" look
}

# Each of the lines in $RESULT/lines (every one ends with a NUL), as a script would run it, up to the first that changes
# something: only that one leaves another state than it found. What came of line N is in $RESULT/N.*.
answer() {
  local number=0 lines
  mapfile -d '' lines <"$RESULT/lines"
  begin
  for LINE in "${lines[@]}"; do
    eval '"${command[@]}"' "$LINE" >"$RESULT/$number.stdout" 2>"$RESULT/$number.stderr" </dev/null
    echo $? >"$RESULT/$number.status"
    look >"$RESULT/left"
    # What is about to change, as the carrier of a link is, shows in something that has changed.
    ((++number < ${#lines[@]})) && is_unchanged && continue
    look_until_settled "$RESULT/left" look
    is_unchanged || break
  done
}

# Whether what is left is what was there before, but for what runs by itself: lifetimes, and a bridge's timers.
is_unchanged() {
  local before left running='_timer": |_life_time": [0-9]{1,9}[^0-9]'
  mapfile -d '' before <"$RESULT/before"
  mapfile -d '' left <"$RESULT/left"
  [[ ${before[0]} == "${left[0]}" ]] && return
  [[ ${before[0]} =~ $running ]] && cmp -s <(without_time "$RESULT/before") <(without_time "$RESULT/left")
}
without_time() { sed -E 's/(_timer|_life_time)": [0-9.]+/\1": /' "$1"; }

# One line, with a terminal for stdin, stdout and stderr; the redirections in REDIRECTED take one of them away.
answer_on_terminal() {
  begin
  printf '%s\n' "exec ${command[*]@Q} $LINE ${REDIRECTED-}" >/run/line
  script -qec "bash /run/line" /dev/null >"$RESULT/0.stdout" </dev/null
  : >"$RESULT/0.stderr"
  finish $?
}

# Many lines one after the other, in whatever state the ones before left: how each of them ended. One that does not end
# is killed in the end.
endure() {
  local lines
  mapfile -d '' lines <"$RESULT/lines"
  begin
  for LINE in "${lines[@]}"; do
    eval 'timeout -k 1 $patience "${command[@]}"' "$LINE" >/dev/null 2>&1 </dev/null
    echo "$? $LINE"
  done >"$RESULT/0.stdout"
  : >"$RESULT/0.stderr"
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
  local since=$SECONDS
  until grep -q "$2" "$1"; do
    ((SECONDS - since < patience)) || refuse "$2 does not show: $(tail -n 3 "$1")"
    sleep 0.005
  done
}

# For CHANGES: waits until both have told of one, as its names may be gone with the next.
told() {
  wait_for "$RESULT/0.stdout" "$1"
  [[ -z $theirs ]] || wait_for "$RESULT/0.stderr" "$1"
}

# What LINE tells while CHANGES happen; where BESIDE is set, on stderr what `ip` tells meanwhile. Both are known to listen
# before mark 100, and to have told everything when the LAST sort of mark 101 shows (mtu 60101, 10.255.0.101, nsid 1101).
watch() {
  begin
  eval 'exec "${command[@]}"' "$LINE" >"$RESULT/0.stdout" 2>&1 </dev/null &
  local ours=$! theirs= number=0 pause
  : >"$RESULT/0.stderr"
  if [[ -n ${BESIDE-} ]]; then
    eval exec ip "$LINE" >"$RESULT/0.stderr" 2>&1 </dev/null &
    theirs=$!
  fi
  until [[ -s $RESULT/0.stdout && (-z $theirs || -s $RESULT/0.stderr) ]]; do
    ((++number < 100)) || refuse "nothing is told"
    mark $number
    # Longer from one to the next, as there are only so many, and a busy machine may be slow to start both.
    printf -v pause '%d.%03d' $((number * number / 1000)) $((number * number % 1000))
    sleep "$pause"
  done
  mark 100
  eval "$CHANGES"
  mark 101
  wait_for "$RESULT/0.stdout" "$LAST"
  [[ -z $theirs ]] || wait_for "$RESULT/0.stderr" "$LAST"
  kill "$ours" ${theirs:+"$theirs"}
  wait "$ours"
  finish $?
}

"$TASK"
