/// The number of a workgroup whose dispatch was folded into rows, since one dimension ends at 65,535.
fn flatGroup(group: vec3<u32>, groups: vec3<u32>) -> u32 {
  return group.y * groups.x + group.x;
}
