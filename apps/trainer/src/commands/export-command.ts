import { startBackend } from '@cmcgan/backends';
import { resolveExportOptions } from '../options/export-options';
import type { CommandFlag, ProgramDependencies, Typed } from './command';

/** Flags of `export`, in the order of its --help. */
export const EXPORT_FLAGS: readonly CommandFlag[] = [
  {
    name: 'checkpoint',
    value: 'folder',
    help: 'a run folder (takes its best checkpoint, else its last), a checkpoint, a saved model, or a classifier',
  },
  { name: 'format', value: 'name', help: 'onnx: for onnxruntime; tfjs: for tf.loadLayersModel, without our packages [onnx]' },
  { name: 'out', value: 'folder', help: 'folder to write to' },
  { name: 'force', help: 'replace files that are already there' },
];

/** Writes a model or a classifier in a format of other programs. Resolves to the process's exit code. */
export async function exportCommand({ flags, switches }: Typed, { folder }: ProgramDependencies): Promise<number> {
  const options = resolveExportOptions(flags, switches, folder);
  const { exportFiles } = await import('../export/export-files'); // slow to load: flags are checked first
  const backend = await startBackend('cpu', { threads: null }); // nothing is computed: it only holds the weights
  try {
    await exportFiles(options, console.log);
    return 0;
  } finally {
    await backend.dispose();
  }
}
