/** How well the true partners are found among the candidates. */
export interface Retrieval {
  /** The number of queries, and of candidates for each. */
  readonly queries: number;
  readonly candidates: number;
  /** Share of queries whose true partner is among the first 1, 5 and 10. */
  readonly recallAt: Readonly<Record<1 | 5 | 10, number>>;
  /** Mean rank of the true partner; 1 is first, (candidates + 1) / 2 is chance. */
  readonly meanRank: number;
  readonly medianRank: number;
}

/**
 * Ranks the candidates of each query by score and finds the rank of its true partner. Candidates with equal scores share their mean rank,
 * so constant scores give the rank of chance.
 *
 * @param scores [N][N]: of query i with candidate j; candidate i is the true partner of query i
 */
export function retrieval(scores: readonly ArrayLike<number>[]): Retrieval {
  const count = scores.length;
  if (count === 0) throw new RangeError('retrieval: scores must hold at least one query, got none');
  const odd = scores.find(({ length }) => length !== count);
  if (odd) throw new RangeError(`retrieval: scores must be square, ${count} × ${count}, got a row of ${odd.length}`);
  const ranks = scores.map(rankOf);
  const recall = (k: number) => ranks.filter((rank) => rank <= k).length / count;
  return {
    queries: count,
    candidates: count,
    recallAt: { 1: recall(1), 5: recall(5), 10: recall(10) },
    meanRank: ranks.reduce((sum, rank) => sum + rank, 0) / count,
    medianRank: medianOf(ranks),
  };
}

function rankOf(row: ArrayLike<number>, query: number): number {
  let [better, equal] = [0, 0];
  for (let j = 0; j < row.length; j++) {
    if (Number.isNaN(row[j]))
      throw new RangeError(`retrieval: scores must be numbers, got NaN for query ${query}, candidate ${j}`);
    if (j === query) continue;
    if (row[j] > row[query]) better++;
    else if (row[j] === row[query]) equal++;
  }
  return 1 + better + equal / 2;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
