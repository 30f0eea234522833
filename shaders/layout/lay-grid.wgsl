/// The square over all boxes, each pass that calls this lays the same.
fn layGrid() -> Grid {
  var box = boxes[0];
  for (var k = 1u; k < pyramid.boxCount; k++) {
    box = min(box, boxes[k]);
  }
  let extent = -box.zw - box.xy;
  return Grid(box.xy, max(max(extent.x, extent.y), 1e-12) * margin / f32(1u << pyramid.depth));
}

fn columnAndRow(grid: Grid, position: vec2<f32>) -> vec2<u32> {
  let last = f32((1u << pyramid.depth) - 1);
  return vec2<u32>(clamp((position - grid.corner) / grid.side, vec2(0.0), vec2(last)));
}
