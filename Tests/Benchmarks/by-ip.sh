#!/usr/bin/env bash
# Shell scripts around ip that do the work of one vethctl command.  by-ip.sh WAY attach PID host NAME addr A gateway G
#                                                                  by-ip.sh WAY -j pair show
# The WAY is how the end of the pair gets into the container: `made` there, or `moved` there. $CONTAINERS holds the PIDs
# whose namespaces `pair show` reads.
set -euo pipefail
way=$1 pid=${3-} host=${5-} address=${7-} gateway=${9-}

inside() { nsenter --net --target "$pid" ip "$@"; }

case "$*" in
  *" attach "*)
    if [ "$way" = moved ]; then
      ip link add "$host" type veth peer name guest
      ip link set guest netns "$pid"
      inside link set guest name eth0
    else
      ip link add "$host" type veth peer name eth0 netns "$pid"
    fi
    ip link set "$host" up
    inside link set lo up
    inside addr add "$address" dev eth0
    inside link set eth0 up
    inside route add default via "$gateway"
    ;;
  *" pair show")
    # ip needs a name for each namespace, which is removed again afterwards.
    for pid in $CONTAINERS; do
      ip netns attach "pid$pid" "$pid"
      ip -n "pid$pid" -j addr show
      ip netns pids "pid$pid"
      ip netns del "pid$pid"
    done
    ;;
esac
