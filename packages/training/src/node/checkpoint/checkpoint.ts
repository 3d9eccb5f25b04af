import { z } from 'zod';

/** The file of a checkpoint that lists all others. */
export const TRAINING_FILE = 'training.json';

/** The model's tensors, as @cmcgan/model writes them (the architecture is in config.json next to it). */
export const WEIGHTS_FILE = 'model.safetensors';

/** The file that holds the tensors of a resumable. */
export const tensorsFile = (name: string) => `${name}.safetensors`;

/**
 * The content of a checkpoint's training.json: the position of the run, its data, the state of every resumable, and a hash of every other
 * file. Format 1 kept the states elsewhere: such a checkpoint can be opened, but not resumed.
 */
export const trainingStateSchema = z.object({
  format: z.union([z.literal(1), z.literal(2)]),
  /** Steps taken. */
  step: z.int().min(0),
  /** Epochs finished. */
  epoch: z.int().min(0),
  /** Steps taken in the unfinished epoch. */
  epochStep: z.int().min(0),
  /** Milliseconds of training, over all sessions of the run. */
  trainedMs: z.number().min(0).default(0),
  seed: z.int(),
  /** Passes whose gradients are averaged into one update. Checkpoints of earlier versions lack it. */
  accumulate: z.optional(z.int().min(1)),
  data: z.object({
    manifestHash: z.string(),
    classNames: z.array(z.string()),
    decibelRange: z.object({ floorDb: z.number(), ceilingDb: z.number() }),
  }),
  /** JSON of the resumables, by name. */
  states: z.record(z.string(), z.json()).default({}),
  /** SHA-256 of the checkpoint's other files, by name. */
  files: z.record(z.string(), z.string()),
});

export type TrainingState = z.infer<typeof trainingStateSchema>;
