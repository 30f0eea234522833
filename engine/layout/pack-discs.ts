/** A disc to be placed. */
export interface Disc {
  x: number;
  y: number;
  readonly radius: number;
}

/** A disc on the rim of those that are placed, and its neighbours along the rim. */
interface Link {
  readonly disc: Disc;
  next: Link;
  previous: Link;
}

/**
 * Places discs close together around the origin without overlap, in the given order: large ones first give the roundest
 * whole, the first in the middle. Each touches two neighbours on the rim of those before, where it comes nearest to the
 * origin (the front chain of Wang et al. 2006, doi:10.1145/1124772.1124851).
 */
export function packDiscs(discs: readonly Disc[]): void {
  const [first, second, third] = discs;
  if (first === undefined) return;
  first.x = 0;
  first.y = 0;
  if (second === undefined) return;
  second.x = first.radius + second.radius;
  second.y = 0;
  if (third === undefined) return;
  placeBeside(second, first, third);
  let rim = chainOf(first, second, third);
  for (let k = 3; k < discs.length; k++) {
    const disc = discs[k];
    let link = nearest(rim);
    for (;;) {
      const { next } = link;
      placeBeside(link.disc, next.disc, disc);
      const hit = firstHit(link, next, disc);
      if (hit === undefined) {
        const added: Link = { disc, previous: link, next };
        link.next = added;
        next.previous = added;
        rim = added;
        break;
      }
      // What lies between the pair and the disc in the way is walled in.
      if (hit.isAhead) join(link, hit.link);
      else {
        join(hit.link, next);
        link = hit.link;
      }
    }
  }
}

function join(from: Link, to: Link): void {
  from.next = to;
  to.previous = from;
}

function chainOf(a: Disc, b: Disc, c: Disc): Link {
  const [first, second, third] = [a, b, c].map((disc) => ({ disc }) as Link);
  join(first, second);
  join(second, third);
  join(third, first);
  return first;
}

/** Puts a disc where it touches both a and b, on the outer side of a chain in which b follows a. */
function placeBeside(a: Disc, b: Disc, disc: Disc): void {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  const toA = (a.radius + disc.radius) ** 2;
  const toB = (b.radius + disc.radius) ** 2;
  const along = 0.5 + (toA - toB) / (2 * square);
  const aside = Math.sqrt(Math.max(0, toA / square - along * along));
  disc.x = a.x + along * dx + aside * dy;
  disc.y = a.y + along * dy - aside * dx;
}

/** The link whose place to the next one is nearest to the origin. */
function nearest(rim: Link): Link {
  let best = rim;
  let least = Infinity;
  let link = rim;
  do {
    const { disc, next } = link;
    const total = disc.radius + next.disc.radius;
    const x = (disc.x * next.disc.radius + next.disc.x * disc.radius) / total;
    const y = (disc.y * next.disc.radius + next.disc.y * disc.radius) / total;
    const square = x * x + y * y;
    if (square < least) {
      least = square;
      best = link;
    }
    link = next;
  } while (link !== rim);
  return best;
}

/** The disc that is in the way and the fewest links from the pair, looked for both ways round. */
function firstHit(a: Link, b: Link, disc: Disc): { readonly link: Link; readonly isAhead: boolean } | undefined {
  let ahead = b.next;
  let behind = a.previous;
  let reachedAhead = b.disc.radius;
  let reachedBehind = a.disc.radius;
  while (ahead !== a && behind !== b) {
    if (reachedAhead <= reachedBehind) {
      if (overlap(ahead.disc, disc)) return { link: ahead, isAhead: true };
      reachedAhead += ahead.disc.radius;
      ahead = ahead.next;
    } else {
      if (overlap(behind.disc, disc)) return { link: behind, isAhead: false };
      reachedBehind += behind.disc.radius;
      behind = behind.previous;
    }
    if (ahead === behind.next) break;
  }
  return undefined;
}

function overlap(a: Disc, b: Disc): boolean {
  const reach = (a.radius + b.radius) * (1 - 1e-6);
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < reach * reach;
}
