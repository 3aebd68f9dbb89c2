internal import CMnl

/// Threads; pthreads(7).
package enum Thread {
  /// Runs `body` on a thread of its own and waits for its end; pthread_create(3).
  ///
  /// What belongs to a thread, such as the network namespace that setns(2) enters, ends with the thread.
  ///
  /// - Throws: `EAGAIN` where no thread can be created; `body` was not called then.
  package static func run(_ body: () -> Void) throws(Errno) {
    let error = withoutActuallyEscaping(body) { body in
      var work = body
      return unsafe withUnsafeMutablePointer(to: &work) { work in
        var thread = pthread_t()
        let error = unsafe pthread_create(
          &thread, nil,
          { argument in
            unsafe argument!.assumingMemoryBound(to: (() -> Void).self).pointee()
            return nil
          }, work)
        if error == 0 { pthread_join(thread, nil) }
        return error
      }
    }
    if error != 0 { throw Errno(error) }
  }
}
