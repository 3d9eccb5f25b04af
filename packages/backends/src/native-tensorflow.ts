import type { NativeDevice, PackagePlaces } from '@cmcgan/tfjs-native';
import type { Backend, BackendAvailability, BackendOptions, RunningBackend } from './backend';

/** The remedy for each device: the command, typed in the checkout, that builds the addon. */
const REMEDIES: Readonly<Record<NativeDevice, string>> = {
  processor: 'build it with: npx pnpm --filter trainer start native',
  gpu: 'build it with: npx pnpm --filter trainer start native --gpu, or use --backend webgpu',
};

/**
 * Where the package is looked for and built: the folder in CMCGAN_TFJS_NODE if it is set; otherwise this program's own dependencies, then
 * the user's cache folder.
 */
export const nativePlaces = (): PackagePlaces => ({ packageFolder: process.env.CMCGAN_TFJS_NODE, from: import.meta.url });

async function availability(device: NativeDevice): Promise<BackendAvailability> {
  const { findNative } = await import('@cmcgan/tfjs-native');
  const found = await findNative({ device, ...nativePlaces() });
  if (!found.works) return { available: false, reason: found.reason, remedy: REMEDIES[device] };
  return { available: true, description: `TensorFlow ${found.version} on ${device === 'gpu' ? 'a GPU' : 'the processor'}` };
}

async function start(name: string, device: NativeDevice, { threads }: BackendOptions): Promise<RunningBackend> {
  const { loadNative } = await import('@cmcgan/tfjs-native');
  const native = loadNative({ device, threads: threads ?? undefined, ...nativePlaces() });
  const { setBackend } = await import('@tensorflow/tfjs-core');
  await setBackend('tensorflow'); // another backend may have become the current one since this was loaded
  return {
    name,
    threads: native.threads,
    description: `${name}, ${native.description}`,
    memoryBytes: () => undefined,
    dispose: async () => {},
  };
}

function nativeBackend(name: string, device: NativeDevice, { summary, proof }: { summary: string; proof: string }): Backend {
  return {
    name,
    summary,
    proof,
    availability: () => availability(device),
    start: (options) => start(name, device, options),
  };
}

/** Native TensorFlow on the processor, through @cmcgan/tfjs-native. Not installed by default: `trainer native` builds it. */
export const tfjsNode = nativeBackend('tfjs-node', 'processor', {
  summary: 'native TensorFlow on the processor (build it first: native)',
  proof: 'compared with wasm on TensorFlow 2.12 and 2.21: losses of 20 steps within 9.3e-4',
});

/** Native TensorFlow on an NVIDIA GPU; unavailable if TensorFlow finds none. */
export const tfjsNodeGpu = nativeBackend('tfjs-node-gpu', 'gpu', {
  summary: 'native TensorFlow on an NVIDIA GPU (build it first: native --gpu)',
  proof: 'not compared with wasm on a GPU yet',
});
