/// One pass of a radix sort: keys by the digit at `shift`. A block is a run of keys that one thread takes in order, so
/// that the sort is stable and the same every time.
struct Sort {
  keyCount: u32,
  blockCount: u32,
  shift: u32,
  counterCount: u32,
}

const digits = 32u;
const blockSize = 64u;

/// Counters that one workgroup scans.
const scanSpan = 4096u;
