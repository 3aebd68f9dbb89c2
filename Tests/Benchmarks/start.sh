#!/usr/bin/env bash
# What starting costs: instructions of `link show lo`, beside C, ip and busybox.        Tests/Benchmarks/start.sh PROGRAM
#
# Instructions, counted by valgrind, are the same on a busy machine; times are not. Status 1 when a limit is broken.
set -euo pipefail
program=$(readlink -f "$1")
cd "$(dirname "$0")"
PATH=$PATH:/usr/sbin:/sbin # an ordinary user's PATH on Debian lacks these, and `ip` lives there

readonly bytes_at_most=$((200 * 1024)) floor_percent_at_most=130

# In a network namespace of our own, so that what there is to show is the same everywhere.
if [ "${2-}" != inside ]; then
  walls=(--net)
  [ "$(id -u)" -eq 0 ] || walls+=(--user --map-root-user)
  exec unshare "${walls[@]}" "./${0##*/}" "$program" inside
fi

fail() {
  echo "start: $*" >&2
  exit 1
}

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
floor=$folder/floor
cc -O2 -Wall -Wextra -Werror -D_GNU_SOURCE -fPIE -pie -Wl,-z,relro,-z,now -o "$floor" floor.c -lmnl

ip link set lo up
[ "$("$program" link show lo)" = "$("$floor" link show lo)" ] || fail "the two do not print the same"

instructions() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" link show lo 2>&1 >/dev/null |
    sed -n 's/.*Collected : //p'
}
ours=$(instructions "$program")
least=$(instructions "$floor")
theirs=$(instructions ip)
box=$(instructions busybox ip)
size=$(stat -c %s "$program")

row="%-28s %10s %10s %10s %10s\n"
# shellcheck disable=SC2059  # the row is the format
{
  printf "$row" "" vethctl C ip busybox
  printf "$row" "instructions, link show lo" "$ours" "$least" "$theirs" "$box"
  printf "$row" "against C" "$((100 * ours / least)) %" "100 %" "$((100 * theirs / least)) %" "$((100 * box / least)) %"
}
echo "size, stripped: $size bytes"

((100 * ours <= floor_percent_at_most * least)) || fail "more than $floor_percent_at_most % of the instructions of C"
((ours < theirs && ours < box)) || fail "more instructions than ip or busybox"
# An older C library cannot read relocations in their packed form, which takes 15 KB less.
if readelf -W -d "$program" | grep -q RELR; then
  ((size <= bytes_at_most)) || fail "more than $bytes_at_most bytes"
fi
