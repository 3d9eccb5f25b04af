import { MODALITIES, wayName, WAYS, type Direction } from '@cmcgan/model';
import { GRID_ENDS } from '../samples/sample-grids';

/** A row of a grid: the given samples, those generated along one of the paths, or the truth. */
export interface GridRow {
  readonly kind: 'given' | 'pathEnd' | 'direct' | 'truth';
  readonly label: string;
}

/** The rows of a grid with `count` of them: four, or three if the model has only the direct way. Null for any other count. */
export function gridRows(direction: Direction, count: number): GridRow[] | null {
  const ways = WAYS.filter(({ from, output }) => from === MODALITIES[direction].from && (count === 4 || output === 'direct'));
  if (count !== ways.length + 2) return null;
  const { given, truth } = GRID_ENDS[direction];
  return [
    { kind: 'given', label: given },
    ...ways.map((way) => ({ kind: way.output, label: wayName(way) })),
    { kind: 'truth', label: truth },
  ];
}
