import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const SOURCE = fileURLToPath(new URL('../native/peak.c', import.meta.url));

/** Peak arithmetic rates of the machine in GFLOPS, with `threads` running at once. */
export interface MachinePeak {
  /** With 128-bit vectors: the limit of WebAssembly's SIMD by itself. */
  vector128: number;
  /** With 256-bit vectors (AVX2): the limit if V8 joins two 128-bit operations. */
  vector256: number;
}

/**
 * Measures the peak with a small C program of independent multiply-adds, one process per thread.
 *
 * @returns null if there is no C compiler (`cc`) or the processor has no fused multiply-add.
 */
export async function measureMachinePeak(threads: number): Promise<MachinePeak | null> {
  const folder = await mkdtemp(join(tmpdir(), 'cmcgan-peak-'));
  try {
    const rate = async (widthBytes: number) => {
      const program = join(folder, `peak${widthBytes}`);
      await execute('cc', ['-O3', '-mavx2', '-mfma', '-ffp-contract=fast', `-DWIDTH_BYTES=${widthBytes}`, SOURCE, '-o', program]);
      const runs = await Promise.all(Array.from({ length: threads }, () => execute(program)));
      return runs.reduce((sum, { stdout }) => sum + Number(stdout), 0);
    };
    return { vector128: await rate(16), vector256: await rate(32) };
  } catch {
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
