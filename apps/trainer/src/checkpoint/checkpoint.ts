import { z } from 'zod';

/** Names of the files of a checkpoint, beside the model's own (weights and config.json of @cmcgan/model). */
export const CHECKPOINT_FILES = {
  generatorOptimizer: 'generator-optimizer.safetensors',
  discriminatorOptimizer: 'discriminator-optimizer.safetensors',
  training: 'training.json',
} as const;

const wordsSchema = z.array(z.int()).length(4);

/** What training.json of a checkpoint holds: where training stands, what the data was, and a hash of every other file. */
export const trainingStateSchema = z.object({
  format: z.literal(1),
  /** Steps taken. */
  step: z.int().min(0),
  /** Epochs finished. */
  epoch: z.int().min(0),
  /** Steps taken in the unfinished epoch. */
  epochStep: z.int().min(0),
  seed: z.int(),
  latentRandom: z.object({ origin: wordsSchema, words: wordsSchema }),
  data: z.object({
    manifestHash: z.string(),
    classNames: z.array(z.string()),
    decibelRange: z.object({ floorDb: z.number(), ceilingDb: z.number() }),
  }),
  /** SHA-256 of the checkpoint's other files, by name. */
  files: z.record(z.string(), z.string()),
});

export type TrainingState = z.infer<typeof trainingStateSchema>;
