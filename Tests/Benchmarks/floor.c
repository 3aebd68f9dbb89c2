/* The floor: the work of vethctl in plain C on libmnl, with as little code as possible.
 *
 *   floor link show [DEVICE]    floor -j link show    floor -br link    floor addr show    floor -batch FILE
 *
 * The benchmark compares vethctl with this program. It requests no statistics, reads 32 KiB at a time, collects its text in
 * one buffer and writes that with write(2). It prints the same bytes as vethctl for `lo`, bridges, veth pairs whose ends
 * are both in the namespace, and plain IPv4 addresses. The lines of a batch are `link add NAME type veth peer name NAME`.
 * For anything else, and after any error, it exits with status 1 and prints nothing.
 */
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ = 32 * 1024, WRITE = 64 * 1024, RECORD = 1024 };

static void need(int is_well)
{
	if (!is_well)
		_exit(1);
}

/* Appends an element to an array, whose capacity doubles. */
static void *append_slot(void **array, size_t *count, size_t *capacity, size_t size)
{
	if (*count == *capacity) {
		*capacity = *capacity ? 2 * *capacity : 64;
		need((*array = realloc(*array, *capacity * size)) != NULL);
	}
	return (char *)*array + (*count)++ * size;
}

/* --- text ---------------------------------------------------------------------------------------------------------- */

static char text[WRITE + RECORD], *end = text;

static void flush(void)
{
	for (char *start = text; start < end;) {
		ssize_t length = write(1, start, end - start);
		need(length > 0);
		start += length;
	}
	end = text;
}

static inline void end_record(void)
{
	if (end >= text + WRITE)
		flush();
}

static inline void put(const char *words)
{
	end = stpcpy(end, words);
}

static void put_number(unsigned number)
{
	char digits[11], *first = digits + sizeof digits - 1;
	*first = 0;
	do
		*--first = '0' + number % 10;
	while (number /= 10);
	put(first);
}

static void put_hardware_address(const unsigned char *bytes)
{
	for (int i = 0; i < 6; i++) {
		*end++ = "0123456789abcdef"[bytes[i] >> 4];
		*end++ = "0123456789abcdef"[bytes[i] & 15];
		*end++ = ':';
	}
	end--;
}

/* Puts a JSON string that needs no escaping. */
static void put_quoted(const char *words)
{
	*end++ = '"';
	for (; *words; words++) {
		need(*words >= ' ' && *words != 0x7f && *words != '"' && *words != '\\');
		*end++ = *words;
	}
	*end++ = '"';
}

static void fill(const char *start, int width)
{
	while (end < start + width)
		*end++ = ' ';
}

/* --- the kernel ---------------------------------------------------------------------------------------------------- */

static struct mnl_socket *kernel;
static char reads[2][READ];

static struct mnl_socket *open_socket(void)
{
	struct mnl_socket *socket = mnl_socket_open(NETLINK_ROUTE);
	need(socket && mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) == 0);
	return socket;
}

static struct nlmsghdr *begin(void *bytes, int type, int flags)
{
	struct nlmsghdr *request = mnl_nlmsg_put_header(bytes);
	request->nlmsg_type = type;
	request->nlmsg_flags = NLM_F_REQUEST | flags;
	return request;
}

static void send_request(struct mnl_socket *socket, const struct nlmsghdr *request)
{
	need(mnl_socket_sendto(socket, request, request->nlmsg_len) == request->nlmsg_len);
}

static ssize_t receive(struct mnl_socket *socket, char *bytes)
{
	ssize_t length = mnl_socket_recvfrom(socket, bytes, READ);
	need(length > 0);
	return length;
}

/* Returns whether the dump goes on. */
static int walk(struct mnl_socket *socket, const char *bytes, ssize_t length, mnl_cb_t body)
{
	int status = mnl_cb_run(bytes, length, 0, mnl_socket_get_portid(socket), body, NULL);
	need(status >= 0);
	return status == MNL_CB_OK;
}

/* --- links --------------------------------------------------------------------------------------------------------- */

struct link {
	int index, peer, master;
	unsigned flags, mtu, queue_length;
	unsigned short type;
	unsigned char state, has_peer;
	const char *name, *queueing;
	const unsigned char *address, *broadcast;
};

static const char *const states[] = {"UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"};

static const struct link *read_link(const struct nlmsghdr *message)
{
	static struct link link;
	const struct ifinfomsg *header = mnl_nlmsg_get_payload(message);
	const struct nlattr *attribute;
	link = (struct link){.index = header->ifi_index, .flags = header->ifi_flags, .type = header->ifi_type};
	mnl_attr_for_each(attribute, message, sizeof *header) {
		const void *value = mnl_attr_get_payload(attribute);
		switch (mnl_attr_get_type(attribute)) {
		case IFLA_IFNAME: link.name = value; break;
		case IFLA_LINK: link.has_peer = 1; link.peer = *(const int *)value; break;
		case IFLA_MTU: link.mtu = *(const unsigned *)value; break;
		case IFLA_QDISC: link.queueing = value; break;
		case IFLA_MASTER: link.master = *(const int *)value; break;
		case IFLA_OPERSTATE: link.state = *(const unsigned char *)value; break;
		case IFLA_LINKMODE: need(*(const unsigned char *)value == 0); break;
		case IFLA_GROUP: need(*(const unsigned *)value == 0); break;
		case IFLA_TXQLEN: link.queue_length = *(const unsigned *)value; break;
		case IFLA_ADDRESS: link.address = value; break;
		case IFLA_BROADCAST: link.broadcast = value; break;
		}
	}
	need(link.state < sizeof states / sizeof *states && link.queue_length > 0);
	return &link;
}

/* The links that were read so far, sorted by index, which is also the order of a dump. */
struct known {
	int index;
	unsigned flags;
	char name[IFNAMSIZ];
};
static struct known *known;
static size_t known_count, known_capacity;

/* Returns the position of an index in the sorted array. */
static size_t position(int index)
{
	size_t low = 0, high = known_count;
	if (known_count && known[known_count - 1].index < index)
		return known_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (known[middle].index < index)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int remember_link(const struct nlmsghdr *message, void *data)
{
	const struct ifinfomsg *link = mnl_nlmsg_get_payload(message);
	const struct nlattr *attribute;
	(void)data;
	mnl_attr_for_each(attribute, message, sizeof *link) {
		if (mnl_attr_get_type(attribute) == IFLA_IFNAME) {
			size_t slot = position(link->ifi_index);
			append_slot((void **)&known, &known_count, &known_capacity, sizeof *known);
			memmove(known + slot + 1, known + slot, (known_count - 1 - slot) * sizeof *known);
			known[slot].index = link->ifi_index;
			known[slot].flags = link->ifi_flags;
			memcpy(known[slot].name, mnl_attr_get_payload(attribute), mnl_attr_get_payload_len(attribute));
			break;
		}
	}
	return MNL_CB_OK;
}

static struct nlmsghdr *link_request(char *bytes, int flags, int index, const char *name)
{
	struct nlmsghdr *request = begin(bytes, RTM_GETLINK, flags);
	struct ifinfomsg *header = mnl_nlmsg_put_extra_header(request, sizeof *header);
	header->ifi_index = index;
	mnl_attr_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	if (name)
		mnl_attr_put_strz(request, IFLA_IFNAME, name);
	return request;
}

/* Returns a link by its index. Requests a link that was not read yet, on a second socket. */
static const struct known *find(int index)
{
	static struct mnl_socket *lookup_socket;
	static char bytes[READ];
	size_t slot = position(index);
	if (slot == known_count || known[slot].index != index) {
		if (!lookup_socket)
			lookup_socket = open_socket();
		send_request(lookup_socket, link_request(bytes, 0, index, NULL));
		walk(lookup_socket, bytes, receive(lookup_socket, bytes), remember_link);
		need(slot < known_count && known[slot].index == index);
	}
	return known + slot;
}

static void put_flags(unsigned flags, int peer_is_down, const char *before, const char *between, const char *after)
{
	static const struct { unsigned bit; const char *word; } words[] = {
		{IFF_LOOPBACK, "LOOPBACK"}, {IFF_BROADCAST, "BROADCAST"}, {IFF_POINTOPOINT, "POINTOPOINT"},
		{IFF_MULTICAST, "MULTICAST"}, {IFF_NOARP, "NOARP"}, {IFF_ALLMULTI, "ALLMULTI"}, {IFF_PROMISC, "PROMISC"},
		{IFF_MASTER, "MASTER"}, {IFF_SLAVE, "SLAVE"}, {IFF_DEBUG, "DEBUG"}, {IFF_DYNAMIC, "DYNAMIC"},
		{IFF_AUTOMEDIA, "AUTOMEDIA"}, {IFF_PORTSEL, "PORTSEL"}, {IFF_NOTRAILERS, "NOTRAILERS"}, {IFF_UP, "UP"},
		{IFF_LOWER_UP, "LOWER_UP"}, {IFF_DORMANT, "DORMANT"}, {IFF_ECHO, "ECHO"},
	};
	put(before);
	char *start = end;
	if ((flags & IFF_UP) && !(flags & IFF_RUNNING)) {
		put("NO-CARRIER");
		put(between);
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (flags & words[i].bit) {
			put(words[i].word);
			put(between);
		}
	}
	if (peer_is_down) {
		put("M-DOWN");
		put(between);
	}
	if (end > start)
		end -= strlen(between);
	put(after);
}

/* Puts `a@b`. Returns whether b is down. */
static int put_name(const struct link *link)
{
	put(link->name);
	if (!link->has_peer)
		return 0;
	const struct known *peer = find(link->peer);
	*end++ = '@';
	put(peer->name);
	return !(peer->flags & IFF_UP);
}

static void put_link(const struct link *link, int with_mode)
{
	put_number(link->index);
	put(": ");
	int peer_is_down = put_name(link);
	put_flags(link->flags, peer_is_down, ": <", ",", "> mtu ");
	put_number(link->mtu);
	put(" qdisc ");
	put(link->queueing);
	if (link->master) {
		put(" master ");
		put(find(link->master)->name);
	}
	put(" state ");
	put(states[link->state]);
	put(with_mode ? " mode DEFAULT group default qlen " : " group default qlen ");
	put_number(link->queue_length);
	put("\n    link/");
	put(link->type == ARPHRD_LOOPBACK ? "loopback " : "ether ");
	put_hardware_address(link->address);
	put(" brd ");
	put_hardware_address(link->broadcast);
	*end++ = '\n';
}

static int print(const struct nlmsghdr *message, void *data)
{
	(void)data;
	put_link(read_link(message), 1);
	end_record();
	return MNL_CB_OK;
}

static int print_brief(const struct nlmsghdr *message, void *data)
{
	const struct link *link = read_link(message);
	char *start = end;
	(void)data;
	int peer_is_down = put_name(link);
	fill(start, 16);
	*end++ = ' ';
	start = end;
	put(states[link->state]);
	fill(start, 14);
	*end++ = ' ';
	put_hardware_address(link->address);
	put_flags(link->flags, peer_is_down, " <", ",", "> \n");
	end_record();
	return MNL_CB_OK;
}

static int print_json(const struct nlmsghdr *message, void *data)
{
	const struct link *link = read_link(message);
	static const char *before = "{\"ifindex\":";
	int peer_is_down = 0;
	(void)data;
	put(before);
	before = ",{\"ifindex\":";
	put_number(link->index);
	if (link->has_peer) {
		const struct known *peer = find(link->peer);
		peer_is_down = !(peer->flags & IFF_UP);
		put(",\"link\":");
		put_quoted(peer->name);
	}
	put(",\"ifname\":");
	put_quoted(link->name);
	put_flags(link->flags, peer_is_down, ",\"flags\":[\"", "\",\"", "\"],\"mtu\":");
	put_number(link->mtu);
	put(",\"qdisc\":");
	put_quoted(link->queueing);
	if (link->master) {
		put(",\"master\":");
		put_quoted(find(link->master)->name);
	}
	put(",\"operstate\":\"");
	put(states[link->state]);
	put("\",\"linkmode\":\"DEFAULT\",\"group\":\"default\",\"txqlen\":");
	put_number(link->queue_length);
	put(",\"link_type\":\"");
	put(link->type == ARPHRD_LOOPBACK ? "loopback" : "ether");
	put("\",\"address\":\"");
	put_hardware_address(link->address);
	put("\",\"broadcast\":\"");
	put_hardware_address(link->broadcast);
	put("\"}");
	end_record();
	return MNL_CB_OK;
}

/* Prints each read after the next one arrived: the ends of a pair are mostly close together, so their names are known. */
static void show_links(mnl_cb_t body)
{
	int current = 0, more;
	ssize_t length[2];
	send_request(kernel, link_request(reads[0], NLM_F_DUMP, 0, NULL));
	length[0] = receive(kernel, reads[0]);
	for (more = walk(kernel, reads[0], length[0], remember_link); more; current = !current) {
		length[!current] = receive(kernel, reads[!current]);
		more = walk(kernel, reads[!current], length[!current], remember_link);
		walk(kernel, reads[current], length[current], body);
	}
	walk(kernel, reads[current], length[current], body);
}

static void show_json(void)
{
	put("[");
	show_links(print_json);
	put("]\n");
}

static void show_link(const char *name)
{
	send_request(kernel, link_request(reads[0], 0, 0, name));
	walk(kernel, reads[0], receive(kernel, reads[0]), print);
}

/* --- addresses ----------------------------------------------------------------------------------------------------- */

/* The addresses of all links, in the order of a dump, which is that of the links. */
static struct address {
	int link;
	unsigned char local[4], prefix;
	char label[IFNAMSIZ];
} *addresses;
static size_t address_count, address_capacity, address_shown;

static int remember_address(const struct nlmsghdr *message, void *data)
{
	const struct ifaddrmsg *header = mnl_nlmsg_get_payload(message);
	const struct nlattr *attribute;
	struct address *address = append_slot((void **)&addresses, &address_count, &address_capacity, sizeof *address);
	(void)data;
	*address = (struct address){.link = header->ifa_index, .prefix = header->ifa_prefixlen};
	need(header->ifa_family == AF_INET && header->ifa_scope == RT_SCOPE_UNIVERSE);
	mnl_attr_for_each(attribute, message, sizeof *header) {
		const void *value = mnl_attr_get_payload(attribute);
		switch (mnl_attr_get_type(attribute)) {
		case IFA_LOCAL: memcpy(address->local, value, 4); break;
		case IFA_LABEL: memcpy(address->label, value, mnl_attr_get_payload_len(attribute)); break;
		case IFA_FLAGS: need(*(const unsigned *)value == IFA_F_PERMANENT); break;
		}
	}
	return MNL_CB_OK;
}

static void put_address(const struct address *address)
{
	put("    inet ");
	for (int i = 0; i < 4; i++) {
		put_number(address->local[i]);
		*end++ = i < 3 ? '.' : '/';
	}
	put_number(address->prefix);
	put(" scope global ");
	put(address->label);
	put("\n       valid_lft forever preferred_lft forever\n");
	end_record();
}

static int print_with_addresses(const struct nlmsghdr *message, void *data)
{
	const struct link *link = read_link(message);
	(void)data;
	put_link(link, 0);
	end_record();
	while (address_shown < address_count && addresses[address_shown].link == link->index)
		put_address(&addresses[address_shown++]);
	return MNL_CB_OK;
}

static void show_addresses(void)
{
	struct nlmsghdr *request = begin(reads[0], RTM_GETADDR, NLM_F_DUMP);
	mnl_nlmsg_put_extra_header(request, sizeof(struct ifaddrmsg));
	send_request(kernel, request);
	while (walk(kernel, reads[0], receive(kernel, reads[0]), remember_address)) {}
	show_links(print_with_addresses);
}

/* --- batches ------------------------------------------------------------------------------------------------------- */

static void add_pair(const char *name, const char *peer)
{
	struct nlmsghdr *request = begin(reads[0], RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK);
	struct nlattr *info, *data, *other;
	mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(request, IFLA_IFNAME, name);
	info = mnl_attr_nest_start(request, IFLA_LINKINFO);
	mnl_attr_put_str(request, IFLA_INFO_KIND, "veth");
	data = mnl_attr_nest_start(request, IFLA_INFO_DATA);
	other = mnl_attr_nest_start(request, VETH_INFO_PEER);
	mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(request, IFLA_IFNAME, peer);
	mnl_attr_nest_end(request, other);
	mnl_attr_nest_end(request, data);
	mnl_attr_nest_end(request, info);
	send_request(kernel, request);
	walk(kernel, reads[0], receive(kernel, reads[0]), NULL);
}

static void run_batch(const char *file)
{
	static char bytes[1 << 20];
	static const char *const pattern[] = {"link", "add", NULL, "type", "veth", "peer", "name", NULL};
	int descriptor = open(file, O_RDONLY);
	ssize_t length = 0, more;
	while ((more = read(descriptor, bytes + length, sizeof bytes - 1 - length)) > 0)
		length += more;
	need(more == 0);
	for (char *lines = bytes, *line; (line = strsep(&lines, "\n")) && *line;) {
		const char *names[2], **name = names;
		for (size_t i = 0; i < sizeof pattern / sizeof *pattern; i++) {
			const char *word = strsep(&line, " ");
			need(word && (!pattern[i] || strcmp(word, pattern[i]) == 0));
			if (!pattern[i])
				*name++ = word;
		}
		add_pair(names[0], names[1]);
	}
}

int main(int count, char **words)
{
	kernel = open_socket();
	need(count > 2);
	if (strcmp(words[1], "-batch") == 0)
		run_batch(words[2]);
	else if (strcmp(words[1], "addr") == 0)
		show_addresses();
	else if (strcmp(words[1], "link") == 0 && count > 3)
		show_link(words[3]);
	else if (strcmp(words[1], "link") == 0)
		show_links(print);
	else if (strcmp(words[1], "-br") == 0)
		show_links(print_brief);
	else
		show_json();
	flush();
	return 0;
}
