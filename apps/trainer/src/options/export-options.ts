import { resolve } from 'node:path';
import { usageError } from '@cmcgan/command-line';
import { suggestion } from './nearest-name';
import type { TypedFlags } from './read-flags';

/** Formats of `export`, the default first. */
export const EXPORT_FORMATS = ['onnx', 'tfjs'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Options of `export`; paths are absolute. */
export interface ExportOptions {
  readonly checkpoint: string;
  readonly format: ExportFormat;
  /** Folder to write to. */
  readonly out: string;
  /** Whether to replace what is already there. */
  readonly force: boolean;
}

function required(flags: TypedFlags, name: string, remedy: string): string {
  const value = flags[name];
  if (!value) throw usageError(`export: --${name} is missing; ${remedy}`);
  return value;
}

/** Reads the flags of `export`. Relative paths start from `folder`. Throws a one-line usage error. */
export function resolveExportOptions(flags: TypedFlags, switches: ReadonlySet<string>, folder: string): ExportOptions {
  const typed = flags.format ?? EXPORT_FORMATS[0];
  const format = EXPORT_FORMATS.find((name) => name === typed);
  if (format === undefined) throw usageError(`--format ${typed} is not known${suggestion(typed, 'formats', EXPORT_FORMATS)}`);
  return {
    checkpoint: resolve(
      folder,
      required(flags, 'checkpoint', 'name a run folder, a checkpoint, or the folder of a model or a classifier'),
    ),
    format,
    out: resolve(folder, required(flags, 'out', 'name the folder to write to')),
    force: switches.has('force'),
  };
}
