import { existsSync } from 'node:fs';
import { addonFile, type NativeDevice } from './native-package';
import { computeEnvironment, openPackage, type NativePackage } from './open-package';
import { lastLine, runProgram, type ProgramEnd } from './run-program';

/** The result of testing a package's addon. */
export type NativeProbe =
  | {
      readonly works: true;
      readonly packageFolder: string;
      /** TensorFlow's version. */
      readonly version: string;
      readonly device: NativeDevice;
      /** If it computes on the processor: why not on a GPU, in TensorFlow's words if it logged a reason. */
      readonly noGpuReason?: string;
    }
  | { readonly works: false; readonly reason: string };

const TIMEOUT_MS = 120_000;

/** Computes a product and a convolution of ones. Runs in a separate process, so it uses nothing but its argument. */
function tryPackage(tf: NativePackage): { version: string; gpu: boolean } {
  const results = [
    tf.matMul(tf.ones([3, 4]), tf.ones([4, 5])),
    tf.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([2, 2, 1, 1]), 1, 'valid'),
  ];
  for (const result of results) {
    const wrong = result.dataSync().find((value) => value !== 4);
    if (wrong !== undefined) throw new Error(`sums of four ones must be 4, got ${wrong}`);
  }
  const { isUsingGpuDevice, binding } = tf.backend();
  return { version: binding.TF_Version, gpu: isUsingGpuDevice };
}

/** A line of TensorFlow's log, whose message follows the source location: "… I cudart_stub.cc:32] Could not find cuda drivers". */
const LOG_LINE = /^[^\]]*\.cc:\d+\] (.*)$/;

function noGpuReason(stderr: string): string | undefined {
  const said = stderr.split('\n').flatMap((line) => LOG_LINE.exec(line)?.[1] ?? []);
  const reason = said.find((line) => /cuda|GPU|dlopen/i.test(line));
  return reason?.replace(/[.,]?\s*$/, '');
}

/** Why TensorFlow finds no GPU, as the end of a sentence. */
export const noGpu = ({ noGpuReason: reason }: { noGpuReason?: string }): string =>
  reason === undefined ? 'it finds none' : `it finds none (${reason})`;

function describeFailure({ stderr, failure }: ProgramEnd): string {
  if (failure?.includes('SIGILL')) return 'TensorFlow needs instructions that this processor lacks (AVX)';
  const said = stderr.split('\n').find((line) => /^\w*Error: /.test(line)) ?? '';
  return said === ''
    ? `${failure}${stderr.trim() === '' ? '' : `: ${lastLine(stderr)}`}`
    : said.replace(/^\w*Error: /, '').trim();
}

/**
 * Loads the addon of the package in a folder and computes something, in a separate process: this one loads no native library, and
 * survives a crash. Takes seconds.
 */
export async function probeNative(packageFolder: string, device?: NativeDevice): Promise<NativeProbe> {
  if (!existsSync(addonFile(packageFolder)))
    return { works: false, reason: `${packageFolder} has no native addon (${addonFile('')})` };
  const script = `console.log(JSON.stringify((${tryPackage})((${openPackage})(require, process.argv[1]))))`;
  const env = { ...process.env, ...computeEnvironment({ device }, process.env), TF_CPP_MIN_LOG_LEVEL: '0' };
  const args = ['--input-type=commonjs', '--eval', script, packageFolder];
  const end = await runProgram(process.execPath, args, { env, timeoutMs: TIMEOUT_MS });
  if (end.failure !== undefined) return { works: false, reason: describeFailure(end) };
  const { version, gpu } = JSON.parse(lastLine(end.stdout)) as { version: string; gpu: boolean };
  const found = { works: true, packageFolder, version } as const;
  return gpu ? { ...found, device: 'gpu' } : { ...found, device: 'processor', noGpuReason: noGpuReason(end.stderr) };
}
