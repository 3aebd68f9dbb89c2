internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The output of a link's statistics as of `ip -s`: a line of headings and a line of numbers for each direction.
struct StatisticsRecord: ~Escapable {
  private let session: Session
  private let statistics: LinkStatistics
  private let carrierChanges: UInt32

  /// Nil where the kernel reports no statistics.
  @_lifetime(copy link)
  init?(_ link: borrowing Link, _ session: Session) {
    guard let statistics = link.statistics else { return nil }
    self.session = session
    self.statistics = statistics
    carrierChanges = link[.carrierChanges] ?? 0
  }

  func write() {
    session.out.beginObject("stats64")
    if session.out.isJSON {
      for line in StatisticsLine.all where isShown(line) { writeJSON(line) }
    } else {
      writeText()
    }
    session.out.endObject()
  }

  private func isShown(_ line: StatisticsLine) -> Bool { session.options.statistics > 1 || !line.isAboutErrors }

  private func value(_ counter: LinkStatistics.Counter?) -> UInt64 {
    counter.map { statistics[$0] } ?? UInt64(carrierChanges)
  }

  private func isShown(_ column: StatisticsLine.Column) -> Bool {
    !column.isRare || value(column.counter) > 0
  }

  private func writeJSON(_ line: StatisticsLine) {
    if !line.isAboutErrors { session.out.beginObject(line.key) }
    for column in line.columns where isShown(column) {
      session.out.json(column.label.key, value(column.counterInJSON ?? column.counter))
    }
    if line.isAboutErrors || session.options.statistics < 2 { session.out.endObject() }
  }

  private func writeText() {
    let widths = widths
    var isFirst = true
    for line in StatisticsLine.all where isShown(line) {
      if !isFirst { session.out.newLine() }
      writeText(line, widths)
      isFirst = false
    }
  }

  /// The widths of the columns.
  private var widths: [Int] {
    var widths = [10, 7, 6, 7, 7, 7, 10, 10]
    if session.options.isHuman { return widths }
    for line in StatisticsLine.all where isShown(line) {
      for position in line.columns.indices {
        let width = text(value(line.columns[position].counter)).count
        widths[position + line.indent] = max(widths[position + line.indent], width)
      }
    }
    return widths
  }

  private func writeText(_ line: StatisticsLine, _ widths: [Int]) {
    session.out.text("    ")
    session.out.text(line.title)
    writeHeadings(line, widths)
    session.out.newLine()
    session.out.text("    ")
    if line.indent > 0 { write([], rightIn: widths[0] + 1) }
    for (position, column) in line.columns.enumerated() where isShown(column) {
      write(text(value(column.counter)), rightIn: widths[position + line.indent])
      session.out.text(" ")
    }
  }

  private func writeHeadings(_ line: StatisticsLine, _ widths: [Int]) {
    var room = widths[0] - line.title.utf8CodeUnitCount
    if line.indent > 0 {
      write([], rightIn: room + 1)
      room = widths[1]
    }
    for (position, column) in line.columns.enumerated() {
      // In the lines of totals, `ip` prints a blank heading for a rare column that is not shown.
      if line.isAboutErrors && !isShown(column) { continue }
      if position > 0 { session.out.text(" ") }
      write(
        isShown(column) ? column.label.word.copied : [], rightIn: position == 0 ? room : widths[position + line.indent])
    }
  }

  private func write(_ text: [UInt8], rightIn width: Int) {
    for _ in 0..<max(width - text.count, 0) { session.out.text(" ") }
    session.out.text(text)
  }

  /// A number; with `-human`, three digits and a unit: `2.06k`, `46.3M`.
  private func text(_ number: UInt64) -> [UInt8] {
    let base: UInt64 = session.options.isBinary ? 1024 : 1000
    guard session.options.isHuman, number >= base else { return [UInt8](decimal: number) }
    var unit = base
    let prefixes = [UInt8]("kMGTPE")
    var power = 0
    while number / unit >= base, power + 1 < prefixes.count {
      unit *= base
      power += 1
    }
    let scale: UInt64 = number / unit < 10 ? 100 : number / unit < 100 ? 10 : 1
    let rounded = UInt64(Double(number) / Double(unit) * Double(scale) + 0.5)
    var text = [UInt8](decimal: rounded / scale)
    if scale > 1 {
      text.append(".")
      if scale > 10, rounded % scale < 10 { text.append("0") }
      text.append(decimal: rounded % scale)
    }
    text.append(prefixes[power])
    if session.options.isBinary { text.append("i") }
    return text
  }
}

/// The headings of one line and the counters of the next line.
private struct StatisticsLine {
  struct Column {
    /// The counter; nil for the number of carrier changes, which is not in `IFLA_STATS64`.
    let counter: LinkStatistics.Counter?
    let label: Label
    /// The counter in JSON, where `ip` has another one; nil for the same.
    var counterInJSON: LinkStatistics.Counter? = nil
    /// Whether the column is left out while the counter is 0.
    var isRare = false
  }

  let title: StaticString
  let key: StaticString
  let isAboutErrors: Bool
  let columns: [Column]

  /// The number of columns by which the line is indented.
  var indent: Int { isAboutErrors ? 1 : 0 }

  static let all: [StatisticsLine] = [
    StatisticsLine(
      title: "RX:", key: "rx", isAboutErrors: false,
      columns: [
        Column(counter: .receivedBytes, label: "bytes"),
        Column(counter: .receivedPackets, label: "packets"),
        Column(counter: .receiveErrors, label: "errors"),
        Column(counter: .receiveDropped, label: "dropped"),
        Column(counter: .receiveMissedErrors, label: "missed over_errors", counterInJSON: .receiveOverErrors),
        Column(counter: .multicast, label: "mcast multicast"),
        Column(counter: .receiveCompressed, label: "compressed", isRare: true),
      ]),
    StatisticsLine(
      title: "RX errors:", key: "rx", isAboutErrors: true,
      columns: [
        Column(counter: .receiveLengthErrors, label: "length length_errors"),
        Column(counter: .receiveCRCErrors, label: "crc crc_errors"),
        Column(counter: .receiveFrameErrors, label: "frame frame_errors"),
        Column(counter: .receiveFIFOErrors, label: "fifo fifo_errors"),
        Column(counter: .receiveOverErrors, label: "overrun missed_errors", counterInJSON: .receiveMissedErrors),
        Column(counter: .receiveWithoutHandler, label: "nohandler", isRare: true),
        Column(counter: .receiveOtherHostDropped, label: "otherhost", isRare: true),
      ]),
    StatisticsLine(
      title: "TX:", key: "tx", isAboutErrors: false,
      columns: [
        Column(counter: .sentBytes, label: "bytes"),
        Column(counter: .sentPackets, label: "packets"),
        Column(counter: .sendErrors, label: "errors"),
        Column(counter: .sendDropped, label: "dropped"),
        Column(counter: .sendCarrierErrors, label: "carrier carrier_errors"),
        Column(counter: .collisions, label: "collsns collisions"),
        Column(counter: .sendCompressed, label: "compressed", isRare: true),
      ]),
    StatisticsLine(
      title: "TX errors:", key: "tx", isAboutErrors: true,
      columns: [
        Column(counter: .sendAbortedErrors, label: "aborted aborted_errors"),
        Column(counter: .sendFIFOErrors, label: "fifo fifo_errors"),
        Column(counter: .sendWindowErrors, label: "window window_errors"),
        Column(counter: .sendHeartbeatErrors, label: "heartbt heartbeat_errors"),
        Column(counter: nil, label: "transns carrier_changes"),
      ]),
  ]
}
