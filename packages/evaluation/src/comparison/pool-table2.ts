import { clusterBootstrap, type ClusterBootstrapOptions, type ClusterMean } from '../metrics/cluster-bootstrap';
import { TABLE2_COLUMNS, type Table2Column } from '../tables/paper';
import type { ClassifierCell, Table2 } from '../tables/table2';

/**
 * What classifies a column of Table 2: one classifier (of one modality, or jointly of both), late fusion of V and A, their opinion pool, or the classifier
 * that was trained on generated halves too.
 */
export type Table2Classifier = 'one' | 'late' | 'pooled' | 'taught';
const CLASSIFIERS: Readonly<Record<Table2Classifier, (table: Table2, column: Table2Column) => ClassifierCell | null>> = {
  one: (table, column) => table[column],
  late: (table, column) => table[column]?.late ?? null,
  pooled: (table, column) => table[column]?.pooled ?? null,
  taught: (table, column) => table[column]?.taught ?? null,
};

/** A classifier of a column over several evaluations, such as those of several seeds. */
export interface PooledColumn {
  readonly column: Table2Column;
  readonly classifier: Table2Classifier;
  readonly evaluations: number;
  /** Over pairs, each with the share of the evaluations in which it was classified correctly. */
  readonly accuracy: ClusterMean;
  /** How much it is above V or A alone, whichever is real (V-A: the better one), on the same pairs; null for V and A. */
  readonly gain: ClusterMean | null;
  /** The mean expected calibration error. */
  readonly calibrationError: number;
}

/**
 * Pools Table 2 of several evaluations on the same test pairs. Intervals are bootstrapped over pairs, so that all answers about a pair move
 * together. A classifier that an evaluation lacks is left out.
 *
 * @param classIds of the test pairs, in order
 * @throws if a table has another number of pairs
 */
export function poolTable2(
  classIds: readonly number[],
  tables: readonly Table2[],
  options: ClusterBootstrapOptions = {},
): PooledColumn[] {
  const odd = tables.find(({ V }) => V?.predicted.length !== classIds.length);
  if (odd !== undefined || tables.length === 0)
    throw new Error(`poolTable2: tables must each be of ${classIds.length} pairs, got ${odd?.V?.predicted.length ?? 'none'}`);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const shares = (cells: readonly ClassifierCell[]) =>
    classIds.map((id, i) => mean(cells.map(({ predicted }) => Number(predicted[i] === id))));
  const alone = { V: shares(tables.map(({ V }) => V!)), A: shares(tables.map(({ A }) => A!)) };
  const better = mean(alone.V) >= mean(alone.A) ? alone.V : alone.A;
  const real: Readonly<Record<Table2Column, readonly number[] | null>> = {
    ...{ V: null, A: null, 'V-A': better, 'GV-A': alone.A, 'GA-V': alone.V },
  };
  return TABLE2_COLUMNS.flatMap((column) =>
    (Object.keys(CLASSIFIERS) as Table2Classifier[]).flatMap((classifier) => {
      const cells = tables.flatMap((table) => CLASSIFIERS[classifier](table, column) ?? []);
      if (cells.length < tables.length) return [];
      const [own, other] = [shares(cells), real[column]];
      const gains = other && own.map((share, i) => share - other[i]);
      return [
        {
          ...{ column, classifier, evaluations: cells.length, accuracy: clusterBootstrap(own, options) },
          gain: gains && clusterBootstrap(gains, options),
          calibrationError: mean(cells.map(({ calibrationError }) => calibrationError)),
        },
      ];
    }),
  );
}
