import { describe, expect, it } from 'vitest';
import { runCli } from '../src/run-cli';
import { isLinux, plantCompiler, plantPackage, plantPython, plantTensorflow, useMachine } from './fakes';

useMachine();

async function printed(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  await runCli(args, (line) => lines.push(line));
  return lines;
}

describe('npx @cmcgan/tfjs-native', () => {
  it.skipIf(!isLinux())('builds, and prints what computes and where it is', async () => {
    const python = plantPython({ name: 'python3.11', tensorflow: plantTensorflow() });
    plantCompiler({ gpu: true });
    const packageFolder = plantPackage();
    expect((await printed('--python', python, '--package', packageFolder, '--gpu')).at(-1)).toBe(
      `TensorFlow 2.21.0 computes on a GPU; loadNative() loads it from ${packageFolder}`,
    );
  });

  it('explains its options', async () => {
    const [help] = await printed('--help');
    for (const name of ['python', 'tensorflow', 'download', 'gpu', 'package', 'cache']) expect(help).toContain(`  --${name} `);
  });

  it.each([
    [
      ['--gpus'],
      "Unknown option '--gpus'; the options are --python, --tensorflow, --download, --gpu, --package, --cache, --help",
    ],
    [['--python'], "Option '--python <value>' argument missing; the options are"],
    [['build'], "Unexpected argument 'build'"],
  ])('refuses %j in one sentence', async (args, message) => {
    await expect(printed(...args)).rejects.toThrow(message);
  });
});
