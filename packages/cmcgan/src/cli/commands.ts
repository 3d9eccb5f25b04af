import { mkdir } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { UserError, type Progress } from '@cmcgan/command-line';
import { writeFileAtomic } from '@cmcgan/model/node';
import type { Model } from '../model';
import type { LoadOptions } from '../load';
import { findInputs, type InputFile } from './find-inputs';
import { planOutputs, type Conversion, type PlanOptions } from './plan-outputs';
import { reasonOf, workThrough } from './work-through';

/** What all commands take. */
export interface CommonFlags {
  /** The folder or URL of the model; default: the released weights. */
  readonly weights?: string;
  readonly backend?: LoadOptions['backend'];
  readonly seed?: number;
}

export interface ConvertFlags extends CommonFlags, Omit<PlanOptions, 'force' | 'out'> {
  readonly out?: string;
  readonly force?: boolean;
  readonly seconds?: number;
  /** In dB; default: the model's, which makes its sounds loud enough. */
  readonly gain?: number;
}

export interface ClassifyFlags extends CommonFlags {
  readonly classifier?: string;
}

/** Turns pictures into sounds, and sounds into pictures. Resolves to the exit code. */
export async function convertCommand(names: readonly string[], flags: ConvertFlags, progress: Progress): Promise<number> {
  const inputs = await findInputs(names);
  const { conversions, kept } = planOutputs(inputs, { out: flags.out, force: flags.force ?? false });
  if (inputs.others > 0) console.log(`Left out: ${inputs.others} ${inputs.others === 1 ? 'file' : 'files'} of other kinds.`);
  if (kept > 0) console.log(`${kept} of ${kept + conversions.length} results exist already and are kept; --force replaces them.`);
  if (conversions.length === 0) return 0;
  const model = await open(flags, {});
  const { done, exitCode } = await workThrough({
    items: conversions,
    what: 'generating',
    nameOf: ({ input }) => input.path,
    run: (conversion) => convert(model, conversion, flags),
    progress,
  });
  if (done === 1 && conversions.length === 1) console.log(`Wrote ${conversions[0].output}`);
  else if (done > 0) console.log(`Wrote ${done} files to ${flags.out}`);
  return exitCode;
}

async function convert(model: Model, { input, from, output }: Conversion, { seed, seconds, gain }: ConvertFlags): Promise<void> {
  const bytes =
    from === 'picture'
      ? (await model.pictureToSound(input.path, { seed, seconds, gainDb: gain })).wav()
      : await encoded(await model.soundToPicture(input.path, { seed }), output);
  await mkdir(dirname(output), { recursive: true });
  await writeFileAtomic(output, [bytes]);
}

const encoded = (picture: Awaited<ReturnType<Model['soundToPicture']>>, output: string) =>
  extname(output).toLowerCase() === '.png' ? picture.png() : picture.jpeg();

/** Prints the class of each picture and sound. Resolves to the exit code. */
export async function classifyCommand(names: readonly string[], flags: ClassifyFlags, progress: Progress): Promise<number> {
  const { files, others } = await findInputs(names);
  if (files.length === 0) throw new UserError(`there must be a picture or a sound to read, got ${others} files of other kinds`);
  const model = await open(flags, { classifier: flags.classifier });
  const { exitCode } = await workThrough<InputFile>({
    items: files,
    what: 'classifying',
    nameOf: ({ path }) => path,
    async run({ path, kind }) {
      if (kind === undefined) throw new Error(`${path} must be a picture or a sound, which the ending of its name does not tell`);
      const { className, probabilities } = await model.classify({ [kind]: path }, { seed: flags.seed });
      progress.finish();
      console.log(`${path}\t${className}\t${probabilities[className].toFixed(3)}`);
    },
    progress,
  });
  return exitCode;
}

async function open({ weights, backend }: CommonFlags, options: LoadOptions): Promise<Model> {
  const { load } = await import('../index'); // slow to load: --help doesn't need it
  return load(weights, { ...options, backend }).catch((error: Error) => {
    throw new UserError(reasonOf(error), undefined, { cause: error });
  });
}
