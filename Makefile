# vethctl: virtual Ethernet pairs with the words of `ip`. The targets:     (`make help` prints this)
#
#   make             the program, .build/vethctl: small, stripped, hardened; with symbols for gdb beside it
#   make demo        installs what is missing, builds, and runs the tutorial in network namespaces of its own
#   make test        installs what is missing, builds both ways, and runs all tests
#   make bench       installs what is missing, and compares the program with C, ip and busybox, in one table;
#                    QUICK=1 counts instructions and bytes only, which takes seconds
#   make check       installs shellcheck if missing; checks format, layering and scripts
#   make format      formats the Swift sources as `make check` expects
#   make setup       installs what is missing for all of these
#   make install     copies the program to $(DESTDIR)$(PREFIX)/bin;  make uninstall  removes it
#   make clean       removes .build
#
#   PREFIX=/usr/local   where to install        DESTDIR=   a directory to install below, for packagers
#   EMBEDDED=yes        no: the static build, 19 times the size, which a toolchain without Embedded Swift builds anyway
#
# The first lines of each script in .make say what it does.

PREFIX ?= /usr/local
DESTDIR ?=
EMBEDDED ?= yes
QUICK ?=

program := .build/vethctl
bin := $(DESTDIR)$(PREFIX)/bin

.PHONY: all demo test bench check format setup install uninstall clean help
all: $(program)

# With the directories: deleting a file changes its directory.
sources := $(shell find Sources Package.swift .make/build .make/embedded.json .make/static.json)

# The name holds the mode, so that another mode rebuilds.
mode := .build/.embedded-$(EMBEDDED)
$(mode):
	@mkdir -p .build && rm -f .build/.embedded-* && touch $@

$(program): $(sources) $(mode)
	@.make/build $(EMBEDDED)

demo:
	@.make/setup build demo
	@$(MAKE) -s $(program)
	@Tests/Tutorial/tutorial.sh $(program)

test:
	@.make/setup build demo test
	@$(MAKE) -s $(program)
	@.make/test

bench:
	@.make/setup build bench
	@$(MAKE) -s $(program)
	@Tests/Benchmarks/bench.sh $(program) $(if $(QUICK),quick,all)

swift_sources := --recursive Sources Tests Package.swift

check:
	@.make/setup check
	swift format lint --strict $(swift_sources)
	.make/check-layers --self-test
	.make/check-layers
	shellcheck $$(grep -rlE '^#!.*\b(ba)?sh$$' .make .ci Tests)

format:
	swift format --in-place $(swift_sources)

setup:
	@.make/setup build demo test bench check

# A program that is built already is not built again by `sudo make install`: root may have no Swift.
install: $(program)
	install -D -m 755 $(program) $(bin)/vethctl

uninstall:
	rm -f $(bin)/vethctl

clean:
	rm -rf .build

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile
