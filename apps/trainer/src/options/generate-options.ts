import { extname, resolve } from 'node:path';
import { BACKEND_NAMES } from '../backends';
import type { Output } from '@cmcgan/model';
import { usageError } from '@cmcgan/command-line';
import { suggestion } from './nearest-name';
import type { TypedFlags } from './read-flags';

/** What `generate` is to do; paths are absolute. */
export interface GenerateOptions {
  readonly from: 'picture' | 'sound';
  readonly input: string;
  readonly checkpoint: string;
  readonly out: string;
  /** Where in a sound the half second starts. */
  readonly atSeconds: number;
  /** Which of the networks' outputs to take; null: the end of the path (the paper's) where they have it, else the direct one. */
  readonly output: Output | null;
  readonly seed: number;
  readonly backend: string;
  readonly threads: number | null;
}

const OUTPUTS: readonly string[] = ['pathEnd', 'direct'] satisfies Output[];

function readNumber(flags: TypedFlags, name: string, rule: { fallback: number; minimum: number; whole: boolean }): number {
  const text = flags[name];
  if (text === undefined) return rule.fallback;
  const value = text.trim() === '' ? NaN : Number(text);
  const fits = rule.whole ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (fits && value >= rule.minimum) return value;
  throw usageError(`--${name} must be a ${rule.whole ? 'whole ' : ''}number of at least ${rule.minimum}, got ${text}`);
}

function readName(flags: TypedFlags, name: string, names: readonly string[]): string {
  const typed = flags[name] ?? names[0];
  if (names.includes(typed)) return typed;
  throw usageError(`--${name} ${typed} is not known; ${suggestion(typed, 'values', names)}`);
}

function required(flags: TypedFlags, name: string, remedy: string): string {
  const value = flags[name];
  if (!value) throw usageError(`generate: --${name} is missing; ${remedy}`);
  return value;
}

function assertExtension(out: string, extension: string, what: string): void {
  const typed = extname(out).toLowerCase();
  if (typed !== extension) throw usageError(`--out must end in ${extension} for ${what}, got ${out}`);
}

/** Reads the flags of `generate`. `folder` is what relative paths start from. Throws a usage error of one line. */
export function resolveGenerateOptions(flags: TypedFlags, folder: string): GenerateOptions {
  const { image, sound } = flags;
  if (image && sound) throw usageError('--image conflicts with --sound; give the one to start from');
  const input = image ?? sound;
  if (!input) throw usageError('generate: give what to start from: --image <file> or --sound <file>');
  const out = required(flags, 'out', image ? 'name the WAV to write' : 'name the PNG to write');
  assertExtension(out, image ? '.wav' : '.png', image ? 'a sound' : 'a picture');
  return {
    from: image ? 'picture' : 'sound',
    input: resolve(folder, input),
    checkpoint: resolve(folder, required(flags, 'checkpoint', "name a checkpoint's folder, or a run folder")),
    out: resolve(folder, out),
    atSeconds: readNumber(flags, 'at', { fallback: 0, minimum: 0, whole: false }),
    output: flags.output === undefined ? null : (readName(flags, 'output', OUTPUTS) as Output),
    seed: readNumber(flags, 'seed', { fallback: 1, minimum: 0, whole: true }),
    backend: readName(flags, 'backend', BACKEND_NAMES),
    threads: flags.threads === undefined ? null : readNumber(flags, 'threads', { fallback: 1, minimum: 1, whole: true }),
  };
}
