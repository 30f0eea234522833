/// A cell of the lowest level at hand for each lane, in the order of Morton's curve: the four children of a cell follow
/// each other.
var<workgroup> family: array<Series, 256>;

const tileSide = 16u;

/// Column and row within a tile.
fn placeInTile(lane: u32) -> vec2<u32> {
  var at = vec2(0u);
  for (var bit = 0u; bit < 4; bit++) {
    at |= ((vec2(lane) >> (vec2(0u, 1u) + 2 * bit)) & vec2(1u)) << vec2(bit);
  }
  return at;
}

fn cellAt(level: u32, at: vec2<u32>) -> u32 {
  return firstCellOf(level) + (at.y << level) + at.x;
}

/// The first cell of a tile of 16 × 16 cells of this level, or of all cells there are.
fn tileCorner(number: u32, level: u32) -> vec2<u32> {
  let tiles = max(1u, (1u << level) / tileSide);
  return tileSide * vec2(number % tiles, number / tiles);
}

/// Makes the moments of the four levels above `base` from those in `family`, down to level 2.
fn gatherMoments(corner: vec2<u32>, lane: u32, base: u32) {
  var count = 256u;
  for (var rise = 1u; rise <= 4; rise++) {
    count /= 4;
    workgroupBarrier();
    var series: Series;
    if (lane < count) {
      series = join(4 * lane);
    }
    workgroupBarrier();
    if (lane < count) {
      family[lane] = series;
      let at = (corner >> vec2(rise)) + placeInTile(lane);
      if (base >= rise + 2 && all(at < vec2(1u << (base - rise)))) {
        moments[cellAt(base - rise, at)] = series;
      }
    }
  }
}

/// a′_l = Σ_k C(l, k) 2⁻ᵏ a_k s^(l − k), s from the parent's middle to the child's in sides of the parent, by Pascal's rule.
fn join(first: u32) -> Series {
  var parent: Series;
  for (var child = 0u; child < 4; child++) {
    var series = family[first + child];
    if (series.terms[0].x == 0) {
      continue;
    }
    let s = 0.5 * vec2(f32(child & 1), f32(child >> 1)) - 0.25;
    var unit = 1.0;
    for (var k = 1u; k <= lastTerm; k++) {
      unit *= 0.5;
      series.terms[k] *= unit;
    }
    for (var round = 1u; round <= lastTerm; round++) {
      for (var l = lastTerm; l >= round; l--) {
        series.terms[l] += times(series.terms[l - 1], s);
      }
    }
    for (var k = 0u; k <= lastTerm; k++) {
      parent.terms[k] += series.terms[k];
    }
  }
  return parent;
}
