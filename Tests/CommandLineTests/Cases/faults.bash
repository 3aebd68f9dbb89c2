# What FaultTests.swift runs inside a sandbox: a command that fails, or is killed, at each of its system calls in turn.
#
# try_faults COMMAND…      from $FAULTS, a list of errno names or KILL; stdout gets what is not as it has to be.
# Its pair ends as eth0 in the namespace of $PID. $BEFORE are commands that make what is there before. Of the system
# calls, each is tried whose number has the remainder $PART, divided by $PARTS.
#
# try_asking COMMAND…      the same for a command that changes nothing.

# Routes count here, too.
printf '%s\n' addr route >/run/looking
look_into() {
  echo "namespace $1"; shift
  "$@" ip -d -j -p -b /run/looking
}

# note_state FILE: what a user would miss or find too much, once it is settled. Left out are what the kernel counts and
# draws, and what depends on it: a link without carrier is LOWERLAYERDOWN where the index of its other end, which is in
# another namespace, happens to be some link's here; a link with a carrier is UNKNOWN until the kernel's link watch has seen
# it. The qdisc of a link that was up once stays when it is down again.
note_state() {
  look >/run/state
  look_until_settled /run/state look
  sed -E '
    /"(ifindex|link_index|address|qdisc|[a-z_]*_timer|(bridge|root)_id|designated_(root|bridge))":/d
    s/"LOWERLAYERDOWN"/"DOWN"/; s/"UNKNOWN"/"UP"/
  ' /run/state >"$1"
}
are_same() {
  local left right
  mapfile -d '' left <"$1"
  mapfile -d '' right <"$2"
  [[ ${left[0]} == "${right[0]}" ]]
}

start_over() {
  printf '%s\n' 'link del eth0' 'link set lo down' 'addr flush dev lo' |
    nsenter --net="/proc/$PID/ns/net" ip -force -b - >/run/noise 2>&1
  eval "${BEFORE-}"
}

# The calls of $1, a log of `strace -f`, from the program's own first on: `NAME NUMBER`, counted for each thread, as strace
# counts for `when=`. Left out are calls that cannot fail so (getpid), and those of the C library for memory and threads,
# which it needs to print anything.
list_calls() {
  awk '
    { thread = $1; split($2, words, "("); name = words[1] }
    name !~ /^[a-z0-9_]+$/ { next }
    { number = ++count[thread, name] }
    begun && name !~ /^(brk|mmap|munmap|mprotect|madvise|getpid|write|exit|exit_group|rseq|set_robust_list|rt_sigprocmask|futex)$/ \
      && !seen[name, number]++ { print name, number }
    /getrandom.*GRND_NONBLOCK/ { begun = 1 }
  ' "$1"
}

# try_again CALL COMMAND…: the command succeeds as if nothing had happened.
try_again() {
  local call=$1; shift
  "$@" >/run/said 2>&1 || echo "$call: the same command again: $(</run/said)"
  note_state /run/left
  are_same /run/left /run/whole || echo "$call: the same command again, but: $(diff /run/whole /run/left)"
}

try_faults() {
  local call name number fault status tried=0 calls=0
  "$@" >/run/said 2>&1
  start_over
  note_state /run/untouched
  strace -f -o /run/calls "$@" >/run/said 2>&1 || echo "without a fault: $(</run/said)"
  note_state /run/whole
  start_over
  list_calls /run/calls >/run/list
  while read -r name number; do
    ((calls++ % PARTS == PART)) || continue
    for fault in $FAULTS; do
      ((++tried))
      if [[ $fault == KILL ]]; then injection=signal=KILL; else injection=error=$fault; fi
      call="$name $number $fault"
      { strace -f -o /run/noise -e "trace=$name" -e "inject=$name:$injection:when=$number" "$@" >/run/said 2>&1; } 2>/run/noise
      status=$?
      note_state /run/left
      if ((status == 0)); then
        are_same /run/left /run/whole || echo "$call: it said yes, but: $(diff /run/whole /run/left)"
      elif [[ $fault == KILL ]]; then
        are_same /run/left /run/whole || try_again "$call" "$@"
      else
        ((status < 128 || status == 255)) || echo "$call: status $status"
        [[ -s /run/said ]] || echo "$call: nothing was said"
        are_same /run/left /run/untouched && continue
        echo "$call: left behind: $(diff /run/untouched /run/left)"
        try_again "$call" "$@"
      fi
      start_over
    done
    # What was left untouched each time may yet be in the way.
    try_again "$name $number" "$@"
    start_over
  done </run/list
  echo "tried $tried"
}

# Without what processes are called, which is told where it can be.
essence() { sed -E 's/"(command|container)":"[^"]*"//g' "$1"; }

try_asking() {
  local name number fault tried=0
  strace -f -o /run/calls "$@" >/run/whole
  list_calls /run/calls >/run/list
  while read -r name number; do
    # There are as many of them as processes. An option that a socket has not got is an old kernel's.
    ((number <= 20)) && [[ $name != setsockopt ]] || continue
    for fault in $FAULTS; do
      ((++tried))
      if strace -f -o /run/noise -e "trace=$name" -e "inject=$name:error=$fault:when=$number" "$@" >/run/said 2>/run/why; then
        cmp -s <(essence /run/said) <(essence /run/whole) || echo "$name $number $fault: it said yes, and $(</run/said)"
      else
        [[ -s /run/why ]] || echo "$name $number $fault: nothing was said"
      fi
    done
  done </run/list
  echo "tried $tried"
}
