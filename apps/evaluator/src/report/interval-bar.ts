import type { Accuracy } from '@cmcgan/classifier';

const [WIDTH, HEIGHT, EDGE] = [150, 14, 3];
const x = (share: number) => (EDGE + share * (WIDTH - 2 * EDGE)).toFixed(1);

/** An accuracy as a dot on a line from 0 to 100 %, with its interval; the paper's figure is a tick, chance a fainter one. */
export function intervalBar(
  { accuracy, interval }: Pick<Accuracy, 'accuracy' | 'interval'>,
  paper: number | null,
  chance?: number,
): string {
  const middle = HEIGHT / 2;
  const tick = (share: number, name: string) => `<line class="${name}" x1="${x(share)}" x2="${x(share)}" y1="0" y2="${HEIGHT}"/>`;
  return `<svg class="bar" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
<line class="axis" x1="${x(0)}" x2="${x(1)}" y1="${middle}" y2="${middle}"/>${chance === undefined ? '' : tick(chance, 'chance')}
<line class="interval" x1="${x(interval[0])}" x2="${x(interval[1])}" y1="${middle}" y2="${middle}"/>
${paper === null ? '' : tick(paper, 'paper')}<circle cx="${x(accuracy)}" cy="${middle}" r="4"/></svg>`;
}
