/// The cells of a tile in the order of Morton's curve, where the four children of a cell follow each other; then those of
/// each level above.
var<workgroup> family: array<Series, 341>;

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
  var first = 0u;
  var count = 256u;
  for (var rise = 1u; rise <= 4; rise++) {
    workgroupBarrier();
    let next = first + count;
    count /= 4;
    if (lane < count) {
      let series = join(first + 4 * lane);
      family[next + lane] = series;
      let at = (corner >> vec2(rise)) + placeInTile(lane);
      if (base >= rise + 2 && all(at < vec2(1u << (base - rise)))) {
        moments[cellAt(base - rise, at)] = series;
      }
    }
    first = next;
  }
}

fn join(first: u32) -> Series {
  var sum: Series;
  for (var child = 0u; child < 4; child++) {
    let lifted = lift(family[first + child], 0.5 * vec2(f32(child & 1), f32(child >> 1)) - 0.25);
    sum.c0 += lifted.c0;
    sum.c1 += lifted.c1;
    sum.c2 += lifted.c2;
    sum.c3 += lifted.c3;
    sum.c4 += lifted.c4;
  }
  return sum;
}

/// a′_l = Σ_k C(l, k) 2⁻ᵏ a_k s^(l − k), s from the parent's middle to the child's in sides of the parent, by Pascal's rule.
fn lift(child: Series, s: vec2<f32>) -> Series {
  let a0 = child.c0;
  var a1 = child.c1 / 2;
  var a2 = child.c2 / 4;
  var a3 = child.c3 / 8;
  var a4 = child.c4 / 16;
  a4 += times(a3, s);
  a3 += times(a2, s);
  a2 += times(a1, s);
  a1 += times(a0, s);
  a4 += times(a3, s);
  a3 += times(a2, s);
  a2 += times(a1, s);
  a4 += times(a3, s);
  a3 += times(a2, s);
  a4 += times(a3, s);
  return Series(a0, a1, a2, a3, a4);
}
