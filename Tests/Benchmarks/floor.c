/* The floor: `ip link show [DEVICE]` in plain C on libmnl, with the least that this can be done with.
 *
 * What vethctl costs is measured against it. It prints the same bytes for `lo`, veth pairs whose ends are both here,
 * and bridges; it knows no options, no other namespaces and no names of groups.
 */
#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct known {
	int index;
	unsigned flags;
	char name[IFNAMSIZ];
};

/* The links seen so far, in the order of their indexes, as a dump brings them. */
static struct known *known;
static size_t known_count, known_room;

static int by_index(const void *one, const void *other)
{
	return ((const struct known *)one)->index - ((const struct known *)other)->index;
}

static const struct known *find(int index)
{
	struct known wanted = {.index = index};
	return bsearch(&wanted, known, known_count, sizeof wanted, by_index);
}

static int note_attribute(const struct nlattr *attribute, void *data)
{
	const struct nlattr **table = data;
	if (mnl_attr_get_type(attribute) <= IFLA_MAX)
		table[mnl_attr_get_type(attribute)] = attribute;
	return MNL_CB_OK;
}

static int note(const struct nlmsghdr *message, void *data)
{
	const struct ifinfomsg *link = mnl_nlmsg_get_payload(message);
	const struct nlattr *attribute;
	(void)data;
	if (known_count == known_room) {
		known_room = known_room ? 2 * known_room : 64;
		known = realloc(known, known_room * sizeof *known);
		if (!known)
			exit(1);
	}
	mnl_attr_for_each(attribute, message, sizeof *link) {
		if (mnl_attr_get_type(attribute) == IFLA_IFNAME) {
			struct known *entry = &known[known_count++];
			entry->index = link->ifi_index;
			entry->flags = link->ifi_flags;
			strncpy(entry->name, mnl_attr_get_str(attribute), IFNAMSIZ - 1);
			entry->name[IFNAMSIZ - 1] = 0;
			break;
		}
	}
	return MNL_CB_OK;
}

static void print_flags(unsigned flags, int peer_is_down)
{
	static const struct { unsigned bit; const char *word; } words[] = {
		{IFF_LOOPBACK, "LOOPBACK"}, {IFF_BROADCAST, "BROADCAST"}, {IFF_POINTOPOINT, "POINTOPOINT"},
		{IFF_MULTICAST, "MULTICAST"}, {IFF_NOARP, "NOARP"}, {IFF_ALLMULTI, "ALLMULTI"}, {IFF_PROMISC, "PROMISC"},
		{IFF_MASTER, "MASTER"}, {IFF_SLAVE, "SLAVE"}, {IFF_DEBUG, "DEBUG"}, {IFF_DYNAMIC, "DYNAMIC"},
		{IFF_AUTOMEDIA, "AUTOMEDIA"}, {IFF_PORTSEL, "PORTSEL"}, {IFF_NOTRAILERS, "NOTRAILERS"}, {IFF_UP, "UP"},
		{IFF_LOWER_UP, "LOWER_UP"}, {IFF_DORMANT, "DORMANT"}, {IFF_ECHO, "ECHO"},
	};
	const char *comma = "";
	putchar_unlocked('<');
	if ((flags & IFF_UP) && !(flags & IFF_RUNNING)) {
		fputs_unlocked("NO-CARRIER", stdout);
		comma = ",";
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (flags & words[i].bit) {
			fputs_unlocked(comma, stdout);
			fputs_unlocked(words[i].word, stdout);
			comma = ",";
		}
	}
	if (peer_is_down) {
		fputs_unlocked(comma, stdout);
		fputs_unlocked("M-DOWN", stdout);
	}
	fputs_unlocked("> ", stdout);
}

static void print_address(const struct nlattr *attribute)
{
	const unsigned char *bytes = mnl_attr_get_payload(attribute);
	for (int i = 0; i < mnl_attr_get_payload_len(attribute); i++) {
		if (i)
			putchar_unlocked(':');
		putchar_unlocked("0123456789abcdef"[bytes[i] >> 4]);
		putchar_unlocked("0123456789abcdef"[bytes[i] & 15]);
	}
}

static int print(const struct nlmsghdr *message, void *data)
{
	static const char *const states[] = {"UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"};
	const struct ifinfomsg *link = mnl_nlmsg_get_payload(message);
	const struct nlattr *table[IFLA_MAX + 1] = {0};
	const struct known *peer = NULL, *master;
	(void)data;
	mnl_attr_parse(message, sizeof *link, note_attribute, table);
	printf("%d: %s", link->ifi_index, mnl_attr_get_str(table[IFLA_IFNAME]));
	if (table[IFLA_LINK]) {
		peer = find(mnl_attr_get_u32(table[IFLA_LINK]));
		printf("@%s", peer ? peer->name : "?");
	}
	fputs_unlocked(": ", stdout);
	print_flags(link->ifi_flags, peer && !(peer->flags & IFF_UP));
	printf("mtu %u qdisc %s ", mnl_attr_get_u32(table[IFLA_MTU]), mnl_attr_get_str(table[IFLA_QDISC]));
	if (table[IFLA_MASTER] && (master = find(mnl_attr_get_u32(table[IFLA_MASTER]))))
		printf("master %s ", master->name);
	printf("state %s mode %s ", states[mnl_attr_get_u8(table[IFLA_OPERSTATE]) % 7],
	       mnl_attr_get_u8(table[IFLA_LINKMODE]) ? "DORMANT" : "DEFAULT");
	if (mnl_attr_get_u32(table[IFLA_GROUP]))
		printf("group %u ", mnl_attr_get_u32(table[IFLA_GROUP]));
	else
		fputs_unlocked("group default ", stdout);
	if (mnl_attr_get_u32(table[IFLA_TXQLEN]))
		printf("qlen %u", mnl_attr_get_u32(table[IFLA_TXQLEN]));
	fputs_unlocked(link->ifi_type == ARPHRD_LOOPBACK ? "\n    link/loopback " : "\n    link/ether ", stdout);
	print_address(table[IFLA_ADDRESS]);
	fputs_unlocked(" brd ", stdout);
	print_address(table[IFLA_BROADCAST]);
	putchar_unlocked('\n');
	return MNL_CB_OK;
}

int main(int count, char **words)
{
	static char buffer[32768];
	struct mnl_socket *netlink = mnl_socket_open(NETLINK_ROUTE);
	struct nlmsghdr *request = mnl_nlmsg_put_header(buffer);
	const char *device = count > 3 ? words[3] : NULL;
	ssize_t length;
	int more = 1;

	if (!netlink || mnl_socket_bind(netlink, 0, MNL_SOCKET_AUTOPID) < 0)
		return 1;
	request->nlmsg_type = RTM_GETLINK;
	request->nlmsg_flags = NLM_F_REQUEST | (device ? 0 : NLM_F_DUMP);
	request->nlmsg_seq = 1;
	mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
	mnl_attr_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	if (device)
		mnl_attr_put_strz(request, IFLA_IFNAME, device);
	if (mnl_socket_sendto(netlink, request, request->nlmsg_len) < 0)
		return 1;
	while (more && (length = mnl_socket_recvfrom(netlink, buffer, sizeof buffer)) > 0) {
		mnl_cb_run(buffer, length, 1, mnl_socket_get_portid(netlink), note, NULL);
		more = mnl_cb_run(buffer, length, 1, mnl_socket_get_portid(netlink), print, NULL) == MNL_CB_OK && !device;
	}
	mnl_socket_close(netlink);
	return 0;
}
