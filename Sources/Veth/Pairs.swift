/// What people do with pairs of virtual ethernet interfaces: find the other end wherever it is, make, mend, attach to a
/// container, delete many, wait. The kernel's own words for it are in `RTNetlink`.
public enum Pairs {}
