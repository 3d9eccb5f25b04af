import { seededUniform } from '@cmcgan/random';

const MAX_ROUNDS = 100;

/**
 * K-means by Lloyd's algorithm from k points drawn by the seed, for at most 100 rounds. An empty cluster keeps its centre.
 *
 * @param points [N][F], at least k
 * @returns k centres [k][F]
 */
export function kMeans(points: readonly Float32Array[], k: number, seed: number): Float32Array[] {
  if (points.length < k) throw new Error(`kMeans: points must be at least k, ${k}, got ${points.length}`);
  const uniform = seededUniform(seed, 'k-means');
  const left = [...points.keys()];
  const drawn = Array.from({ length: k }, () => left.splice(Math.floor(uniform() * left.length), 1)[0]);
  let centres = drawn.map((index) => points[index].slice());
  let previous = '';
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const nearest = points.map((point) => nearestOf(centres, point));
    if (nearest.join() === previous) break;
    previous = nearest.join();
    centres = centres.map((centre, id) => {
      const members = points.filter((_, i) => nearest[i] === id);
      return members.length === 0 ? centre : meanOf(members);
    });
  }
  return centres;
}

function nearestOf(centres: readonly Float32Array[], point: Float32Array): number {
  const distances = centres.map((centre) => centre.reduce((sum, value, i) => sum + (value - point[i]) ** 2, 0));
  return distances.indexOf(Math.min(...distances));
}

const meanOf = (points: readonly Float32Array[]) =>
  Float32Array.from(points[0], (_, i) => points.reduce((sum, point) => sum + point[i], 0) / points.length);
