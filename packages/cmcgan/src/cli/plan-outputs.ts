import { existsSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { UserError, usageError } from '@cmcgan/command-line';
import { otherKind, WRITTEN, writtenKind, type FileKind } from './file-kinds';
import type { FoundInputs, InputFile } from './find-inputs';

/** A file to read, and the one to write. */
export interface Conversion {
  readonly input: InputFile;
  readonly from: FileKind;
  readonly output: string;
}

/** What to do. */
export interface Plan {
  readonly conversions: readonly Conversion[];
  /** Files whose outputs exist, and are kept. */
  readonly kept: number;
}

export interface PlanOptions {
  /** The file or folder to write. Default for a single file: beside it, or in the working folder for a URL. */
  readonly out: string | undefined;
  /** Whether existing files are replaced. */
  readonly force: boolean;
}

/** Decides what is written where. @throws a usage error if that is not clear; an error if it would replace a file without `force` */
export function planOutputs(inputs: FoundInputs, { out, force }: PlanOptions): Plan {
  if (inputs.files.length === 0)
    throw new UserError(`there must be a picture or a sound to read, got ${inputs.others} files of other kinds`);
  const planned = inputs.single ? [planSingle(inputs.files[0], out)] : planMany(inputs.files, out);
  if (force) return { conversions: planned, kept: 0 };
  const conversions = planned.filter(({ output }) => !existsSync(output));
  if (inputs.single && conversions.length === 0) {
    throw new UserError(`${planned[0].output} exists; replace it with --force, or name another file with --out`);
  }
  return { conversions, kept: planned.length - conversions.length };
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Whether a path is that of a folder, existing or to be made. */
const namesFolder = (path: string) => /[/\\]$/.test(path) || isFolder(path);

function planSingle(input: InputFile, out: string | undefined): Conversion {
  const written = out === undefined || namesFolder(out) ? undefined : writtenKind(out);
  const from = input.kind ?? (written && otherKind(written));
  if (from === undefined) throw usageError(unclear(input));
  const wanted = `--out ${out} must be a file of ${endings(otherKind(from))}, since ${input.path} is a ${from}, or a folder`;
  if (out !== undefined && written === undefined && extname(out) !== '' && !namesFolder(out))
    throw usageError(`${wanted} (end it with /)`);
  if (out !== undefined && written !== undefined) {
    if (written === from) throw usageError(wanted);
    return { input, from, output: out };
  }
  const beside = /^https?:/i.test(input.path) ? '.' : join(input.path, '..');
  return { input, from, output: withEnding(join(out ?? beside, input.below), from) };
}

function planMany(files: readonly InputFile[], out: string | undefined): Conversion[] {
  if (out === undefined) throw usageError('name the folder for the results with --out');
  if (writtenKind(out) !== undefined && !isFolder(out)) {
    throw usageError(`--out ${out} must be a folder, since there are several files to read`);
  }
  const unknown = files.find(({ kind }) => kind === undefined);
  if (unknown) throw usageError(unclear(unknown));
  const inside = resolve(out) + sep;
  const conversions = files
    .filter(({ path }) => /^https?:/i.test(path) || !resolve(path).startsWith(inside)) // results of an earlier call
    .map((input) => ({ input, from: input.kind!, output: withEnding(join(out, input.below), input.kind!) }));
  return withDifferentNames(conversions);
}

/** Files that differ only in the ending of their names keep it: a.jpg and a.png become a.jpg.wav and a.png.wav. */
function withDifferentNames(conversions: readonly Conversion[]): Conversion[] {
  const counts = new Map<string, number>();
  for (const { output } of conversions) counts.set(output, (counts.get(output) ?? 0) + 1);
  return conversions.map((conversion) => {
    const { input, from, output } = conversion;
    const folder = output.slice(0, output.length - withEnding(input.below, from).length);
    return counts.get(output) === 1
      ? conversion
      : { ...conversion, output: `${folder}${input.below}${WRITTEN[otherKind(from)][0]}` };
  });
}

const withEnding = (path: string, from: FileKind) => path.replace(/\.[^.\\/]*$/, '') + WRITTEN[otherKind(from)][0];

const endings = (kind: FileKind) => WRITTEN[kind].join(', ');

const unclear = ({ path }: InputFile) =>
  `${path} must be a picture or a sound, which the ending of its name does not tell; name the result with --out, as x.wav or x.png`;
