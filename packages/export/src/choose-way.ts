import { wayName, type CrossModalModel, type Modality, type Output, type Way } from '@cmcgan/model';

/** A direction of a model: from pictures (V) or sounds (A), and which output; by default the one that `generateSound` gives. */
export interface WayOptions {
  readonly from: Modality;
  readonly output?: Output;
}

/** Finds the way of a model. @throws if it has no such way */
export function chooseWay({ ways }: Pick<CrossModalModel, 'ways'>, { from, output }: WayOptions, functionName: string): Way {
  const found = ways.find((way) => way.from === from && (output === undefined || way.output === output));
  if (found !== undefined) return found;
  const known = ways.map((way) => `${wayName(way)} (from '${way.from}', output '${way.output}')`).join(', ');
  throw new Error(`${functionName}: from and output must be those of one of the model's ways, ${known}, got ${from}, ${output}`);
}
