#!/usr/bin/perl
# Prints the ARP requests that come out of an interface, in tcpdump's words.        arp-requests.pl INTERFACE
#
# It stands in for tcpdump in a user namespace that has no user but root: there, Debian's tcpdump gives up because it
# cannot become another user. Perl is part of every Debian, and these few lines need no module.
use strict;
use warnings;

my ($AF_PACKET, $SOCK_RAW, $ETH_P_ARP, $SIOCGIFINDEX) = (17, 3, 0x0806, 0x8933);
my ($interface) = @ARGV;
socket(my $socket, $AF_PACKET, $SOCK_RAW, unpack("S", pack("n", $ETH_P_ARP))) or die "socket: $!\n";
my $request = pack("a16 x24", $interface);                           # struct ifreq
ioctl($socket, $SIOCGIFINDEX, $request) or die "$interface: $!\n";
my $index = unpack("x16 i", $request);
bind($socket, pack("S n i x12", $AF_PACKET, $ETH_P_ARP, $index)) or die "bind: $!\n";  # struct sockaddr_ll

$| = 1;
print STDERR "listening on $interface\n";
while (defined recv($socket, my $frame, 2048, 0)) {
  my ($operation, $sender, $target) = unpack("x20 n x6 a4 x6 a4", $frame);  # behind the 14 bytes of Ethernet
  next unless $operation == 1;
  my ($second, $minute, $hour) = localtime;
  printf "%02d:%02d:%02d ARP, Request who-has %vd tell %vd, length 28\n", $hour, $minute, $second, $target, $sender;
}
