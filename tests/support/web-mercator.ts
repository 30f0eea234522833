/** Where a place lies on the square of Web Mercator: shares of its side from the left and from the top. */
export function placeInWorld(longitude: number, latitude: number): readonly [x: number, y: number] {
  const north = Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
  return [(longitude + 180) / 360, (1 - north / Math.PI) / 2];
}
