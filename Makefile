# vethctl: virtual Ethernet pairs with the words of `ip`. What there is to make:     (`make help` prints this)
#
#   make             the program, .build/vethctl: small, stripped, hardened; with symbols for gdb beside it
#   make demo        installs what is missing, builds, and plays the tutorial in network namespaces of its own
#   make test        installs what is missing, builds both ways, and runs all tests
#   make bench       installs what is missing, and measures the program beside C, ip and busybox, in one table;
#                    QUICK=1 counts instructions and bytes only, and holds them to what was reached
#   make check       installs shellcheck if missing; checks format, layering and scripts
#   make format      lays out the Swift sources the way `make check` wants them
#   make setup       installs what is missing for all of these; the others install nothing
#   make install     puts the program into $(DESTDIR)$(PREFIX)/bin;  make uninstall  takes it away
#   make clean       removes .build
#
#   PREFIX=/usr/local   where to install        DESTDIR=   a folder to install below, for packagers
#   EMBEDDED=yes        no: the static build, 60 times the size, as where a toolchain has no Embedded Swift
#
# Each script in .make has one purpose and says it in its first lines.

PREFIX ?= /usr/local
DESTDIR ?=
EMBEDDED ?= yes
QUICK ?=

program := .build/vethctl
bin := $(DESTDIR)$(PREFIX)/bin

.PHONY: all demo test bench check format setup install uninstall clean help
all: $(program)

# Folders count too: a file that is gone changes its folder.
sources := $(shell find Sources Package.swift .make/build .make/static.json)

# Named for the way of building, so that asking for another way rebuilds.
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

# Built already, as by `make && sudo make install`, it is installed as it is: root may have no Swift.
install: $(program)
	install -D -m 755 $(program) $(bin)/vethctl

uninstall:
	rm -f $(bin)/vethctl

clean:
	rm -rf .build

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile
