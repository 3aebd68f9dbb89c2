#!/usr/bin/env bash
# Plays the tutorial for veth pairs with PROGRAM as `vethctl`.        tutorial.sh PROGRAM
#
# Each command is shown with its real output and with a word on what one sees. What it did is then looked up in the
# kernel and, where iproute2 is installed, compared with what `ip` says. The first step that does not do what it says
# ends the show with status 1.
#
# Nothing of the machine is touched: the show has a network and a mount namespace of its own (made as root, or in a
# user namespace), which vanish with it, and it goes on only where it sees no interface but `lo`.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

# ---- Words for the audience ----

bold='' green='' red='' plain=''
if [ -t 1 ]; then bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'; fi

title="setting the stage"
number=0

# Begins a step: its title, and a sentence or two on what is done.
step() {
  title=$1
  number=$((number + 1))
  printf '\n%s%d. %s%s\n' "$bold" "$number" "$1" "$plain"
  shift
  say "$@"
}

say() { [ $# -eq 0 ] || printf '   %s\n' "$@"; }

fail() {
  printf '%stutorial: step %d (%s): %s%s\n' "$red" "$number" "$title" "$*" "$plain" >&2
  exit 1
}

# ---- Playing a command, and looking at what it did ----

output=/run/output

# Shows a command as one would type it, runs it, and shows what it says. Leaves its status in $status.
play() {
  printf '%s$ %s%s\n' "$green" "$*" "$plain"
  status=0
  timeout 20 "$@" </dev/null 2>&1 | tee "$output" || status=${PIPESTATUS[0]}
}

# Plays a command that works without a word, as all commands do that change something.
quiet() {
  play "$@"
  [ "$status" -eq 0 ] || fail "\`$*\` ended with status $status"
  [ ! -s "$output" ] || fail "\`$*\` said something, where \`ip\` says nothing"
}

# Plays a command that shows something. Where iproute2 is here, `ip` must print the same bytes.
show() {
  play "$@"
  [ "$status" -eq 0 ] || fail "\`$*\` ended with status $status"
  if command -v ip >/dev/null; then
    "${@/%vethctl/ip}" 2>&1 | cmp -s - "$output" || fail "\`ip\` prints something else than \`$*\`"
  fi
}

# The output just shown has, for each pattern, a line that is all of it.
sees() {
  local pattern
  for pattern; do grep -Exq -- "$pattern" "$output" || fail "no line of the output is: $pattern"; done
}

# The interfaces that the kernel has, here or in the namespace of a process, but for lo.
links() { sed -n 's/^ *\([^ ]*\):.*/\1/p' "/proc/${1-self}/net/dev" | grep -vx lo | sort | xargs; }

# here NAME... / there NAME...: these are all the interfaces of this namespace / of the guest's.
here() { soon test_equal "$*" links self || fail "expected here '$*' and nothing else, but the kernel has '$(links)'"; }
there() { soon test_equal "$*" links "$guest" || fail "expected there '$*' and nothing else, but the kernel has '$(links "$guest")'"; }
test_equal() { [ "$1" = "$("${@:2}")" ]; }

# Waits until a command succeeds, 5 seconds at most: the kernel settles a link's state a moment after the command.
soon() {
  for _ in {1..100}; do
    if "$@"; then return; fi
    sleep 0.05
  done
  return 1
}
prints() { "${@:2}" 2>&1 | grep -Eq -- "$1"; }

# ---- The stage: namespaces of our own ----

if [ "${1-}" != --on-stage ]; then
  [ $# -eq 1 ] || fail "usage: $0 PROGRAM"
  program=$(realpath -e -- "$1") || fail "there is no program $1"
  for command in unshare nsenter mount ping tcpdump; do
    command -v "$command" >/dev/null || fail "\`$command\` is missing (\`make demo\` installs what is needed)"
  done
  for user in "" "--user --map-root-user"; do
    # shellcheck disable=SC2086 # $user is no words or two
    if unshare $user --net --mount mount -t tmpfs stage /run 2>/dev/null; then
      exec unshare $user --net --mount "$BASH" "$0" --on-stage "$(readlink /proc/self/ns/net)" "$program"
    fi
  done
  fail "it needs root, or user namespaces for ordinary users (sysctl user.max_user_namespaces and, on Ubuntu," \
    "kernel.apparmor_restrict_unprivileged_userns)"
fi

outside=$2 program=$3
[ "$(readlink /proc/self/ns/net)" != "$outside" ] || fail "still in the network namespace of outside"
[ -z "$(links)" ] || fail "expected a network namespace with nothing but lo, not with: $(links)"

mount -t tmpfs stage /run  # names of namespaces live in /run/netns; ours hides what is in it outside
mkdir /run/bin /run/netns
[ -x "$program" ] || fail "$program cannot be run (a program below /run is hidden here)"
ln -s "$program" /run/bin/vethctl
PATH=/run/bin:$PATH

# Ends what was started here and is still running, and nothing else.
# shellcheck disable=SC2046 # one word for each process
trap 'kill $(jobs -pr) 2>/dev/null || true' EXIT

# What the lines about links look like, in one place.
ether='    link/ether ([0-9a-f]{2}:){5}[0-9a-f]{2} brd ff:ff:ff:ff:ff:ff'
unused='mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000'
used() { echo "mtu 1500 qdisc noqueue${2:+ $2} state $1 mode DEFAULT group default qlen 1000"; }

echo "${bold}vethctl: virtual Ethernet pairs, step by step${plain}"
say "All of it happens in network namespaces made for this show; the machine's own network is not touched."

# ---- The play ----

step "A pair" "Two interfaces joined by a cable: what enters one end leaves the other."
quiet vethctl link add type veth
here veth0 veth1
show vethctl link show
sees "[0-9]+: veth0@veth1: <BROADCAST,MULTICAST,M-DOWN> $unused" "[0-9]+: veth1@veth0: <BROADCAST,MULTICAST,M-DOWN> $unused" "$ether"
say "Each end names the other behind the @. Both are down; M-DOWN says it of the other end."
show vethctl link
sees "[0-9]+: veth0@veth1: <BROADCAST,MULTICAST,M-DOWN> $unused"
say "\`vethctl link\` is short for the same."

step "An address"
quiet vethctl addr add 10.0.0.1/24 dev veth0
show vethctl addr show dev veth0
sees "    inet 10.0.0.1/24 scope global veth0" "       valid_lft forever preferred_lft forever"

step "Up, one end at a time"
quiet vethctl link set veth0 up
soon prints 'state LOWERLAYERDOWN' vethctl link show veth0 || fail "veth0 did not come to LOWERLAYERDOWN"
show vethctl link show
sees "[0-9]+: veth0@veth1: <NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN> $(used LOWERLAYERDOWN)" "[0-9]+: veth1@veth0: <BROADCAST,MULTICAST> $unused"
say "veth0 is UP but has NO-CARRIER: its other end is down (M-DOWN), and so is the layer below (LOWERLAYERDOWN)."
quiet vethctl link set veth1 up
soon prints 'state UP' vethctl link show veth0 || fail "veth0 did not come UP"
soon prints 'state UP' vethctl link show veth1 || fail "veth1 did not come UP"
show vethctl link show
sees "[0-9]+: veth0@veth1: <BROADCAST,MULTICAST,UP,LOWER_UP> $(used UP)" "[0-9]+: veth1@veth0: <BROADCAST,MULTICAST,UP,LOWER_UP> $(used UP)"
say "Now both are UP, and the cable too (LOWER_UP)."

step "What goes in comes out" "Nobody has 10.0.0.2, so the ping goes unanswered; but its ARP requests leave veth1."
printf '%s$ %s%s\n' "$green" "tcpdump -n -i veth1 arp &" "$plain"
listens() { grep -q 'listening on' /run/capture.log; }
listens_or_ended() { listens || ! kill -0 "$capture" 2>/dev/null; }
listen() {
  : >/run/capture.log
  timeout 20 "$@" >/run/capture 2>/run/capture.log &
  capture=$!
  soon listens_or_ended && listens
}
if ! listen tcpdump -l -n -i veth1 arp; then
  say "Here tcpdump gives up ($(head -n 1 /run/capture.log)): a few lines of Perl listen instead."
  listen "$(dirname "$0")/arp-requests.pl" veth1 || fail "nobody listens: $(cat /run/capture.log)"
fi
play ping -n -c 2 -W 1 10.0.0.2
[ "$status" -eq 1 ] || fail "the ping ended with status $status, where 1 means no answer"
sees '2 packets transmitted, 0 received, .*100% packet loss.*'
soon grep -q . /run/capture || fail "no ARP request came out of veth1"
kill "$capture"
wait "$capture" || true
grep . /run/capture | tee "$output"
sees '.* ARP, Request who-has 10\.0\.0\.2 tell 10\.0\.0\.1, length 28'
say "veth1 heard it: who has 10.0.0.2?"

step "Gone" "Either end takes the other with it."
quiet vethctl link del veth0
here

step "One end for another namespace" "A process with a network of its own, as in a container:"
printf '%s$ %s%s\n' "$green" "unshare --net sleep 300 &" "$plain"
unshare --net sleep 300 &
guest=$!
enters() { [ "$(readlink "/proc/$guest/ns/net")" != "$(readlink /proc/self/ns/net)" ]; }
soon enters || fail "process $guest has no network of its own"
say "It is process $guest."
quiet vethctl link add vHOST type veth peer name vGUEST
here vGUEST vHOST
quiet vethctl link set vGUEST netns "$guest"
here vHOST
there vGUEST
show vethctl link show
sees "[0-9]+: vHOST@if[0-9]+: <BROADCAST,MULTICAST> $unused" "$ether link-netnsid 0"
say "vGUEST is gone from here: of vHOST's other end one sees a number, and the number of its namespace."
show nsenter --target "$guest" --net vethctl link show
sees "[0-9]+: vGUEST@if[0-9]+: <BROADCAST,MULTICAST> $unused" "$ether link-netnsid 0"
say "It is there, in the namespace of process $guest."

step "Talking to the other side" "An address for each end, and up:"
quiet vethctl addr add 10.0.0.1/24 dev vHOST
quiet vethctl link set vHOST up
quiet nsenter --target "$guest" --net vethctl addr add 10.0.0.2/24 dev vGUEST
quiet nsenter --target "$guest" --net vethctl link set vGUEST up
soon prints 'state UP' vethctl link show vHOST || fail "vHOST did not come UP"
play ping -n -c 2 -W 5 10.0.0.2
[ "$status" -eq 0 ] || fail "the ping ended with status $status, where 0 means that it was answered"
sees '2 packets transmitted, 2 received, 0% packet loss.*'
say "Answered, from the other namespace."

step "A look inside, without going there" "A namespace has a name when a file in /run/netns stands for it, as with \`ip netns add\`:"
quiet touch /run/netns/guest
quiet mount --bind "/proc/$guest/ns/net" /run/netns/guest
show vethctl -n guest link
sees "[0-9]+: vGUEST@if[0-9]+: <BROADCAST,MULTICAST,UP,LOWER_UP> $(used UP)"
show vethctl link show vHOST
sees "$ether link-netns guest"
say "The other side of vHOST is known by its name now."

step "A bridge" "The switch that joins several such cables."
quiet vethctl link add br0 type bridge
here br0 vHOST
quiet vethctl link set vHOST master br0
soon prints 'state UP' vethctl link show vHOST || fail "vHOST did not stay UP"
show vethctl link show vHOST
sees "[0-9]+: vHOST@if[0-9]+: <BROADCAST,MULTICAST,UP,LOWER_UP> $(used UP 'master br0')"

step "Both ends go" "Deleting the end that is here deletes the one that is there."
quiet vethctl link del vHOST
here br0
there

step "All in one step" "The other end is made where it belongs, and never was here."
quiet vethctl link add vHOST type veth peer name vGUEST netns "$guest"
here br0 vHOST
there vGUEST
show vethctl -n guest link show vGUEST
sees "[0-9]+: vGUEST@if[0-9]+: <BROADCAST,MULTICAST> $unused"

printf '\n%sAll %d steps did what they say.%s\n' "$bold" "$number" "$plain"
