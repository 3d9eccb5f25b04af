/// <reference types="@webgpu/types" />
import { nodeModule } from '../wasm/node-modules';
import { NODE_PACKAGE } from './find-gpu';
import { describeAdapter } from './open-device';

/** Whether there is a GPU that {@link useWebgpuKernels} can open; if not, what is missing, and why: a sentence without a full stop. */
export type GpuProbe =
  | { readonly found: true; readonly description: string }
  | { readonly found: false; readonly missing: 'package' | 'gpu'; readonly reason: string };

export interface GpuProbeOptions {
  /** On Node, the environment to probe in; default: this process'. VK_DRIVER_FILES and VK_ICD_FILENAMES name drivers for Vulkan. */
  env?: Readonly<Record<string, string | undefined>>;
}

/** Prints the adapter's description of itself. */
const QUESTION = `
  const { create } = await import(process.argv[1]);
  const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
  const { vendor, architecture, description, isFallbackAdapter } = adapter?.info ?? {};
  console.log('adapter: ' + JSON.stringify(adapter ? { vendor, architecture, description, isFallbackAdapter } : null));
  process.exit(0);`;
const ANSWER = /^adapter: (.+)$/m;
const TIMEOUT_MS = 20_000;

const NO_GPU = { found: false, missing: 'gpu', reason: 'no GPU was found' } as const;

/**
 * Requests a GPU as {@link useWebgpuKernels} does, but opens nothing. On Node this happens in a separate process, so that a crashing driver
 * does no harm and this process loads none. A driver that is installed without a device does not count as a GPU.
 */
export async function probeGpu({ env }: GpuProbeOptions = {}): Promise<GpuProbe> {
  const modules = nodeModule<typeof import('node:module')>('node:module');
  const processes = nodeModule<typeof import('node:child_process')>('node:child_process');
  const urls = nodeModule<typeof import('node:url')>('node:url');
  if (!modules || !processes || !urls) return found(await (globalThis.navigator as Navigator | undefined)?.gpu?.requestAdapter());
  let address: string;
  try {
    const here = typeof __filename === 'string' ? __filename : import.meta.url;
    address = urls.pathToFileURL(modules.createRequire(here).resolve(NODE_PACKAGE)).href;
  } catch {
    return { found: false, missing: 'package', reason: `the package ${NODE_PACKAGE} is not installed` };
  }
  const options = { timeout: TIMEOUT_MS, env: env as NodeJS.ProcessEnv | undefined };
  const words = ['--input-type=module', '--eval', QUESTION, address];
  return new Promise((resolve) => {
    processes.execFile(process.execPath, words, options, (error, stdout, stderr) => {
      const answer = ANSWER.exec(stdout)?.[1];
      if (!error && answer !== undefined) resolve(found({ info: JSON.parse(answer) as GPUAdapterInfo | null }));
      else resolve({ ...NO_GPU, reason: `WebGPU could not be started (${reasonOf(error, stderr)})` });
    });
  });
}

function found(adapter: { info: GPUAdapterInfo | null } | null | undefined): GpuProbe {
  return adapter?.info ? { found: true, description: describeAdapter(adapter.info) } : NO_GPU;
}

function reasonOf(error: { killed?: boolean; signal?: string } | null, stderr: string): string {
  if (error?.killed) return `no answer within ${TIMEOUT_MS / 1000} seconds`;
  if (error?.signal) return `its driver was killed by ${error.signal}`;
  const lines = stderr.trim().split('\n');
  return lines.find((line) => /^\w*Error\b.*: /.test(line)) || lines.at(-1) || 'no answer'; // Node prints its version last
}
