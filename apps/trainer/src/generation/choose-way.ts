import { WAYS, wayName, type CrossModalModel, type Output, type Way, type Modality } from '@cmcgan/model';
import { UserError } from '@cmcgan/command-line';

const SOURCE_NAMES = { V: 'a picture', A: 'a sound' } as const;

/** The model's way from one modality to the other: by the output asked for, or the end of the path where it has one. */
export function chooseWay({ ways }: Pick<CrossModalModel, 'ways'>, from: Modality, output: Output | null): Way {
  const fromHere = ways.filter((way) => way.from === from);
  const way = fromHere.find((candidate) => output === null || candidate.output === output);
  if (way !== undefined) return way;
  if (fromHere.length === 0) throw new UserError(`this checkpoint's networks generate nothing from ${SOURCE_NAMES[from]}`);
  const missing = WAYS.find((candidate) => candidate.from === from && candidate.output === output)!;
  throw new UserError(`this checkpoint's networks have no path ${wayName(missing)}; use --output ${fromHere[0].output}`);
}
