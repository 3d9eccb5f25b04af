import { startBackend, withNamedBackend } from '@cmcgan/backends';
import { assertAddressSpace } from '@cmcgan/command-line';
import { resolveGenerateOptions } from '../options/generate-options';
import type { TypedFlags } from '../options/read-flags';

/** Turns a picture into a sound or a sound into a picture. Resolves to the process's exit code. */
export async function generateCommand(flags: TypedFlags, { folder }: { folder: string }): Promise<number> {
  const resolved = resolveGenerateOptions(flags, folder);
  assertAddressSpace('generate');
  const options = await withNamedBackend(resolved, console.log);
  const { generateFile } = await import('../generation/generate-file'); // heavy: a mistyped flag is answered before
  const backend = await startBackend(options.backend, options);
  try {
    const written = await generateFile(options, console.log);
    console.log(`Wrote ${written.join(' and ')}.`);
    return 0;
  } finally {
    await backend.dispose();
  }
}
