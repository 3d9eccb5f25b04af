import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DecibelRange } from '@cmcgan/audio-features';
import { readRunConfig, type Checkpoint } from '@cmcgan/training/node';

/** Assumed where nothing says which: about that of music recorded near full scale (docs/decisions/2026-11-22-decibel-range.md). */
const ASSUMED: DecibelRange = { floorDb: -60, ceilingDb: 20 };

const inWords = ({ floorDb, ceilingDb }: DecibelRange) => `${floorDb} to ${ceilingDb} dB`;

/** The range that the config.json of the run says, of which the folder is a checkpoint. */
async function rangeOfRun({ folder, name }: Checkpoint): Promise<DecibelRange | undefined> {
  const config = resolve(folder, '..', '..', 'config.json');
  if (name === null || !existsSync(config)) return undefined;
  return (await readRunConfig(config)).data.decibelRange;
}

/**
 * The dB that -1 and 1 of a model's sounds stand for: what was asked for, else what the model's own files or its run say, else a usual
 * range. `note` is told where the range is not the model's own.
 */
export async function decibelRangeOf(
  checkpoint: Checkpoint,
  asked: DecibelRange | null,
  note: (line: string) => void,
): Promise<DecibelRange> {
  const { model, training } = checkpoint;
  const own = model.config.decibelRange ?? training?.data.decibelRange ?? (await rangeOfRun(checkpoint));
  if (asked !== null) {
    const differs = own !== undefined && (own.floorDb !== asked.floorDb || own.ceilingDb !== asked.ceilingDb);
    if (differs) note(`Sounds: ${inWords(asked)}, as asked for; the model was trained with ${inWords(own)}.`);
    return asked;
  }
  if (own !== undefined) return own;
  note(
    `Sounds: ${inWords(ASSUMED)} is assumed, since the model's config.json does not say which decibelRange it was trained with; ` +
      'name it with --decibel-range <floor,ceiling>.',
  );
  return ASSUMED;
}
