import { LMS_SAMPLE_RATE_HZ, type DecibelRange } from '@cmcgan/audio-features';
import { UserError } from '@cmcgan/command-line';
import type { CrossModalModel } from '@cmcgan/model';
import { type Checkpoint, openCheckpoint } from '@cmcgan/training/node';
import type { GenerateOptions } from '../options/generate-options';
import { decibelRangeOf } from './decibel-range';
import { describeCheckpoint } from './describe-checkpoint';
import { pictureToSound } from './picture-to-sound';
import { soundToPicture } from './sound-to-picture';

/** What is generated with what. */
export interface Generation {
  readonly model: CrossModalModel;
  /** The dB that -1 and 1 of the model's sounds stand for. */
  readonly decibelRange: DecibelRange;
  readonly options: GenerateOptions;
  /** Told what people are to know. */
  readonly note: (line: string) => void;
}

function assertSampleRate({ folder, model }: Checkpoint): void {
  const { sampleRateHz = LMS_SAMPLE_RATE_HZ } = model.config;
  if (sampleRateHz === LMS_SAMPLE_RATE_HZ) return;
  throw new UserError(
    `the model in ${folder} was trained on sounds at ${sampleRateHz} Hz; generate takes those at ${LMS_SAMPLE_RATE_HZ} Hz only`,
  );
}

/** Does what `generate` is asked for, on the current backend; resolves to the files written. */
export async function generateFile(options: GenerateOptions, note: (line: string) => void): Promise<string[]> {
  const checkpoint = await openCheckpoint(options.checkpoint);
  const { model } = checkpoint;
  try {
    assertSampleRate(checkpoint);
    note(describeCheckpoint(checkpoint, options.checkpoint));
    const decibelRange = await decibelRangeOf(checkpoint, options.decibelRange, note);
    return await (options.from === 'picture' ? pictureToSound : soundToPicture)({ model, decibelRange, options, note });
  } finally {
    model.dispose();
  }
}
