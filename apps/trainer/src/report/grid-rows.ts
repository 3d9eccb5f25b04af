import { MODALITIES, wayName, WAYS, type Direction } from '@cmcgan/model';
import { GRID_ENDS } from '../samples/sample-grids';

/** A line of a grid: what was given, what was made of it along one of the paths, or the truth. */
export interface GridRow {
  readonly kind: 'given' | 'pathEnd' | 'direct' | 'truth';
  readonly label: string;
}

/** The lines of a grid that has `count` of them: all four, or three in a model that has the direct way alone. Null for any other count. */
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
