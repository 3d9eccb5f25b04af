import { extname, resolve } from 'node:path';
import type { DecibelRange } from '@cmcgan/audio-features';
import { BACKEND_NAMES, BACKEND_SYNONYMS } from '@cmcgan/backends';
import type { Output } from '@cmcgan/model';
import { usageError } from '@cmcgan/command-line';
import { suggestion, type Synonyms } from './nearest-name';
import type { TypedFlags } from './read-flags';

/** Options of `generate`; paths are absolute. */
export interface GenerateOptions {
  readonly from: 'picture' | 'sound';
  readonly input: string;
  readonly checkpoint: string;
  readonly out: string;
  /** Start of the half second in a sound. */
  readonly atSeconds: number;
  /** Which of the networks' outputs to take; null: the end of the path (the paper's) if they have it, else the direct one. */
  readonly output: Output | null;
  /** The dB that the model's -1 and 1 stand for; null: the range recorded in its files. */
  readonly decibelRange: DecibelRange | null;
  /** Amplification of a sound in dB; null: the model's, which makes its sounds loud enough to listen to. */
  readonly gainDb: number | null;
  /** Pixels of the largest picture to open; null: image-io's limit. */
  readonly maxPixels: number | null;
  readonly seed: number;
  readonly backend: string;
  readonly threads: number | null;
}

const kebabCase = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const OUTPUTS: readonly string[] = ['pathEnd', 'direct'] satisfies Output[];

function readNumber(flags: TypedFlags, key: string, rule: { fallback: number; minimum: number; whole: boolean }): number {
  const text = flags[key];
  if (text === undefined) return rule.fallback;
  const value = text.trim() === '' ? NaN : Number(text);
  const fits = rule.whole ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (fits && value >= rule.minimum) return value;
  throw usageError(`--${kebabCase(key)} must be a ${rule.whole ? 'whole ' : ''}number of at least ${rule.minimum}, got ${text}`);
}

function readName(flags: TypedFlags, name: string, names: readonly string[], synonyms?: Synonyms): string {
  const typed = flags[name] ?? names[0];
  if (names.includes(typed)) return typed;
  throw usageError(`--${name} ${typed} is not known${suggestion(typed, 'values', names, synonyms)}`);
}

function required(flags: TypedFlags, name: string, remedy: string): string {
  const value = flags[name];
  if (!value) throw usageError(`generate: --${name} is missing; ${remedy}`);
  return value;
}

/** Extensions of the pictures that can be written. */
export const PICTURE_EXTENSIONS = ['.png', '.jpg', '.jpeg', '.webp'] as const;

/** Extensions of the files that can be written, by content. */
const EXTENSIONS = { sound: ['.wav'], picture: PICTURE_EXTENSIONS } as const;

function assertExtension(out: string, kind: keyof typeof EXTENSIONS): void {
  const endings: readonly string[] = EXTENSIONS[kind];
  if (endings.includes(extname(out).toLowerCase())) return;
  const [last, ...others] = [...endings].reverse();
  const list = others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
  throw usageError(`--out must end in ${list} for a ${kind}, got ${out}`);
}

function readDecibelRange(text: string | undefined): DecibelRange | null {
  if (text === undefined) return null;
  const [floorDb, ceilingDb, ...more] = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (Number.isFinite(floorDb) && Number.isFinite(ceilingDb) && floorDb < ceilingDb && more.length === 0)
    return { floorDb, ceilingDb };
  throw usageError(`--decibel-range must be two numbers, the lower first, such as -60,20, got ${text}`);
}

function readGain(text: string | undefined): number | null {
  if (text === undefined) return null;
  const gainDb = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(gainDb) && gainDb <= 100) return gainDb;
  throw usageError(`--gain must be a number of dB, at most 100, got ${text}`);
}

/** Throws if --output, which chooses among the networks' outputs, is given a file, which belongs to --out. */
function assertNoFile(output: string | undefined): void {
  if (output === undefined || OUTPUTS.includes(output) || !/[./\\]/.test(output)) return;
  throw usageError(`--output takes one of ${OUTPUTS.join(', ')}, got ${output}; to name the file to write: --out ${output}`);
}

/** Reads the flags of `generate`. Relative paths start from `folder`. Throws a one-line usage error. */
export function resolveGenerateOptions(flags: TypedFlags, folder: string): GenerateOptions {
  const { image, sound } = flags;
  assertNoFile(flags.output);
  if (image && sound) throw usageError('--image conflicts with --sound; give only one of them');
  const input = image ?? sound;
  if (!input) throw usageError('generate: an input is missing: give --image <file> or --sound <file>');
  const out = required(flags, 'out', image ? 'name the WAV to write' : 'name the PNG to write');
  assertExtension(out, image ? 'sound' : 'picture');
  return {
    from: image ? 'picture' : 'sound',
    input: resolve(folder, input),
    checkpoint: resolve(folder, required(flags, 'checkpoint', "name a checkpoint's folder, or a run folder")),
    out: resolve(folder, out),
    atSeconds: readNumber(flags, 'at', { fallback: 0, minimum: 0, whole: false }),
    output: flags.output === undefined ? null : (readName(flags, 'output', OUTPUTS) as Output),
    decibelRange: readDecibelRange(flags.decibelRange),
    gainDb: readGain(flags.gain),
    maxPixels: flags.maxPixels === undefined ? null : readNumber(flags, 'maxPixels', { fallback: 1, minimum: 1, whole: true }),
    seed: readNumber(flags, 'seed', { fallback: 1, minimum: 0, whole: true }),
    backend: readName(flags, 'backend', BACKEND_NAMES, BACKEND_SYNONYMS),
    threads: flags.threads === undefined ? null : readNumber(flags, 'threads', { fallback: 1, minimum: 1, whole: true }),
  };
}
