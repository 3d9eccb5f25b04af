import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DecibelRange } from '@cmcgan/audio-features';
import { readRunConfig, type Checkpoint } from '@cmcgan/training/node';

/** Default for a model without a recorded range: about that of music near full scale (docs/decisions/2026-11-22-decibel-range.md). */
const ASSUMED: DecibelRange = { floorDb: -60, ceilingDb: 20 };

const inWords = ({ floorDb, ceilingDb }: DecibelRange) => `${floorDb} to ${ceilingDb} dB`;

/** The range in the config.json of the run that the checkpoint belongs to; undefined if it belongs to none. */
async function rangeOfRun({ folder, name }: Checkpoint): Promise<DecibelRange | undefined> {
  const config = resolve(folder, '..', '..', 'config.json');
  if (name === null || !existsSync(config)) return undefined;
  return (await readRunConfig(config)).data.decibelRange;
}

/**
 * The dB that -1 and 1 of a model's sounds stand for: the range asked for, else the one recorded in the model's files or its run, else a
 * typical range. `note` is called if the range is not the model's own.
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
    `Sounds: assuming ${inWords(ASSUMED)}, as the model's config.json records no decibelRange; ` +
      'set it with --decibel-range <floor,ceiling>.',
  );
  return ASSUMED;
}
