var<workgroup> family: array<Cell, 64>;

/// Joins the 64 cells of level `base` in `family` to cells of the three levels above it, four by four.
fn ascend(group: u32, lane: u32, base: u32) {
  var count = 64u;
  for (var level = base + 1; level <= base + 3; level++) {
    count /= 4;
    workgroupBarrier();
    var cell: Cell;
    if (lane < count) {
      cell = join(4 * lane);
    }
    workgroupBarrier();
    if (lane < count) {
      family[lane] = cell;
      let index = group * count + lane;
      if (index < settings.levels[level].y) {
        cells[settings.levels[level].x + index] = cell;
      }
    }
  }
}

/// The cell of four children. Moments about the parent's centre: a′_l = Σ_k C(l, k) a_k s^(l − k), with s from the
/// parent's centre to the child's, in units of the parent's radius.
fn join(first: u32) -> Cell {
  var cell: Cell;
  let origin = family[first].centre;
  var offset = vec2(0.0);
  for (var k = first; k < first + 4; k++) {
    cell.mass += family[k].mass;
    offset += family[k].mass * (family[k].centre - origin);
  }
  // Cells beyond the last body are empty.
  if (cell.mass == 0) {
    return cell;
  }
  cell.centre = origin + offset / cell.mass;
  for (var k = first; k < first + 4; k++) {
    if (family[k].mass > 0) {
      cell.radius = max(cell.radius, distance(family[k].centre, cell.centre) + family[k].radius);
    }
  }
  if (cell.radius == 0) {
    return cell;
  }
  cell.radius *= margin;
  for (var k = first; k < first + 4; k++) {
    if (family[k].mass > 0) {
      let s = (family[k].centre - cell.centre) / cell.radius;
      let ratio = family[k].radius / cell.radius;
      let a2 = ratio * ratio * family[k].a2;
      let a3 = ratio * ratio * ratio * family[k].a3;
      let s2 = times(s, s);
      cell.a2 += a2 + family[k].mass * s2;
      cell.a3 += a3 + 3 * times(a2, s) + family[k].mass * times(s2, s);
    }
  }
  return cell;
}
