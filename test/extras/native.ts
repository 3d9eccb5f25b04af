import { findNative, loadNative } from '@cmcgan/tfjs-native';

/** A built package: the one that CMCGAN_TFJS_NODE names, or the one in the user's cache folder. */
const options = () => ({ device: 'processor' as const, packageFolder: process.env.CMCGAN_TFJS_NODE });

/** Whether native TensorFlow is built here; if not, prints that `subject` is not tested on it. */
export async function hasNative(subject: string): Promise<boolean> {
  const found = await findNative(options());
  if (!found.works)
    console.warn(
      `Skipped: ${subject} is not tested on tfjs-node, since ${found.reason} (node packages/tfjs-native/dist/cli.js builds it).`,
    );
  return found.works;
}

/** Makes native TensorFlow, on two threads, the current backend. */
export async function startNative(): Promise<void> {
  loadNative({ ...options(), threads: 2 });
}
