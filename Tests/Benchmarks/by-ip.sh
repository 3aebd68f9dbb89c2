#!/usr/bin/env bash
# What vethctl does in one command, as shell scripts do it with ip.  by-ip.sh WAY attach PID host NAME addr A gateway G
#                                                                    by-ip.sh WAY -j pair show
# The WAY is how an end gets to its container: `made` there, or `moved`. $CONTAINERS are the PIDs that `pair show` asks.
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
    # Namespaces without names get one for as long as it takes to ask.
    for pid in $CONTAINERS; do
      ip netns attach "pid$pid" "$pid"
      ip -n "pid$pid" -j addr show
      ip netns pids "pid$pid"
      ip netns del "pid$pid"
    done
    ;;
esac
