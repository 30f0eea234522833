/** ‖values − truth‖ / ‖truth‖, in float64. */
export function relativeL2(values: ArrayLike<number>, truth: ArrayLike<number>): number {
  let difference = 0;
  let length = 0;
  for (let k = 0; k < truth.length; k++) {
    difference += (values[k] - truth[k]) ** 2;
    length += truth[k] ** 2;
  }
  return Math.sqrt(difference / length);
}
