import type { Bodies } from '../cpu/bodies.ts';
import { membersOf } from './level.ts';
import type { Groups } from './match.ts';

/**
 * Puts the members of each group at rest around the place of the group, in random directions at even angles, their centre of mass
 * on it. `spacing` is the distance of neighbours on the finer level.
 */
export function prolong(coarse: Bodies, groups: Groups, fine: Bodies, spacing: number, random: () => number): void {
  const { offsets, nodes } = membersOf(groups.of, groups.count);
  fine.velocities.fill(0);
  for (let group = 0; group < groups.count; group++) {
    const start = offsets[group];
    const end = offsets[group + 1];
    const radius = end - start > 1 ? 0.5 * spacing : 0;
    const turn = 2 * Math.PI * random();
    let total = 0;
    let cx = 0;
    let cy = 0;
    for (let at = start; at < end; at++) {
      const i = nodes[at];
      const angle = turn + (2 * Math.PI * (at - start)) / (end - start);
      fine.places[2 * i] = radius * Math.cos(angle);
      fine.places[2 * i + 1] = radius * Math.sin(angle);
      total += fine.mass[i];
      cx += fine.mass[i] * fine.places[2 * i];
      cy += fine.mass[i] * fine.places[2 * i + 1];
    }
    for (let at = start; at < end; at++) {
      fine.places[2 * nodes[at]] += coarse.places[2 * group] - cx / total;
      fine.places[2 * nodes[at] + 1] += coarse.places[2 * group + 1] - cy / total;
    }
  }
}
