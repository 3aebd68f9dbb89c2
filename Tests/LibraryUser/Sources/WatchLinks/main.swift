// Prints each change of a link or an IPv4 address until the link vHOST is deleted; `ip monitor link address`.
import RTNetlink

var events = try EventSocket.open(.route, [.links, .ipv4Addresses])
print("listening")

var isOver = false
while !isOver {
  try events.read { message, _ in
    message.withLink { link in
      print(link.isDeleted ? "deleted:" : "changed:", link.name, link.flags)
      if link.isDeleted, link.name == "vHOST" { isOver = true }
    }
    message.withAddress { address in
      print(address.isDeleted ? "deleted:" : "added:", address.prefix!, "on link", address.linkIndex)
    }
  }
}
