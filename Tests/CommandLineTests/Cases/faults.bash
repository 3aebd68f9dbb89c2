# What FaultTests.swift runs inside a sandbox: a command that fails, or is killed, at each of its system calls in turn.
#
# try_faults COMMAND…      from $FAULTS, a list of errno names or KILL; tells on stdout what is not as it has to be.
# Its pair ends as eth0 in the namespace of $PID. $BEFORE are commands that make what is there before.
#
# try_asking COMMAND…      the same for a command that changes nothing.

# What a user would miss or find too much: the kernel's own counting and choosing left out.
tell_state() {
  {
    ip -j -p link
    ip -j -p addr
    nsenter --net="/proc/$PID/ns/net" ip -j -p link
    nsenter --net="/proc/$PID/ns/net" ip -j -p addr
    nsenter --net="/proc/$PID/ns/net" ip route
  } | grep -vE '"(ifindex|link_index|address|link_netnsid|operstate|qdisc)"|"flags"|"local": "fe80|tentative' | sort
}

start_over() {
  nsenter --net="/proc/$PID/ns/net" ip link del eth0 2>/run/noise
  nsenter --net="/proc/$PID/ns/net" ip link set lo down
  nsenter --net="/proc/$PID/ns/net" ip addr flush dev lo
  eval "${BEFORE-}"
}

# The calls of $1, a log of strace, from the program's own first on: `NAME NUMBER`, counted as strace counts for `when=`.
# Left out are those that cannot fail so (getpid), and those of the C library's memory, which it needs to say anything.
list_calls() {
  awk -F'(' '
    $1 !~ /^[a-z0-9_]+$/ { next }
    { count[$1]++ }
    begun && $1 !~ /^(brk|mmap|munmap|getpid|write|exit_group)$/ { print $1, count[$1] }
    /^getrandom.*GRND_NONBLOCK/ { begun = 1 }
  ' "$1"
}

try_faults() {
  local call name number fault status tried=0
  "$@" >/run/said 2>&1
  start_over
  tell_state >/run/untouched
  strace -o /run/calls "$@" >/run/said 2>&1 || echo "without a fault: $(</run/said)"
  tell_state >/run/whole
  list_calls /run/calls >/run/list
  while read -r name number; do
    for fault in $FAULTS; do
      start_over
      ((++tried))
      if [[ $fault == KILL ]]; then injection=signal=KILL; else injection=error=$fault; fi
      call="$name $number $fault"
      { strace -o /run/noise -e "trace=$name" -e "inject=$name:$injection:when=$number" "$@" >/run/said 2>&1; } 2>/run/noise
      status=$?
      tell_state >/run/left
      if ((status == 0)); then
        cmp -s /run/left /run/whole || echo "$call: it said yes, but: $(diff /run/whole /run/left)"
        continue
      elif [[ $fault == KILL ]]; then
        cmp -s /run/left /run/whole && continue
      else
        ((status < 128 || status == 255)) || echo "$call: status $status"
        [[ -s /run/said ]] || echo "$call: nothing was said"
        cmp -s /run/left /run/untouched || echo "$call: left behind: $(diff /run/untouched /run/left)"
      fi
      "$@" >/run/said 2>&1 || echo "$call: the same command again: $(</run/said)"
      tell_state >/run/left
      cmp -s /run/left /run/whole || echo "$call: the same command again, but: $(diff /run/whole /run/left)"
    done
  done </run/list
  echo "tried $tried"
}

# Without what processes are called, which is told where it can be.
essence() { sed -E 's/"(command|container)":"[^"]*"//g' "$1"; }

try_asking() {
  local name number fault tried=0
  strace -o /run/calls "$@" >/run/whole
  list_calls /run/calls >/run/list
  while read -r name number; do
    # There are as many of them as processes. An option that a socket has not got is an old kernel's.
    ((number <= 20)) && [[ $name != setsockopt ]] || continue
    for fault in $FAULTS; do
      ((++tried))
      if strace -o /run/noise -e "trace=$name" -e "inject=$name:error=$fault:when=$number" "$@" >/run/said 2>/run/why; then
        cmp -s <(essence /run/said) <(essence /run/whole) || echo "$name $number $fault: it said yes, and $(</run/said)"
      else
        [[ -s /run/why ]] || echo "$name $number $fault: nothing was said"
      fi
    done
  done </run/list
  echo "tried $tried"
}
