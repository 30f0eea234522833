const scanSpan = 4096u;

/// The place of the first body of a cell; of the last cell's end for the cell after it.
fn startOf(cell: u32) -> u32 {
  let cellCount = 1u << (2 * pyramid.depth);
  if (cell >= cellCount) {
    return settings.nodeCount;
  }
  // Nothing comes before a single span, and then its sum is not one of those before.
  return counters[cell] + select(0, spans[cell / scanSpan], cellCount > scanSpan);
}
