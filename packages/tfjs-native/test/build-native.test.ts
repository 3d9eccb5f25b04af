import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { buildNative, type BuildOptions } from '../src/index';
import {
  inMachine,
  isLinux,
  plantAddon,
  plantCompiler,
  plantFile,
  plantPackage,
  plantProgram,
  plantPython,
  plantTensorflow,
  useMachine,
  type FakeAddon,
} from './fakes';

useMachine();

const build = (options: BuildOptions = {}) => buildNative({ from: inMachine('project', 'any.js'), ...options });
const compilerArgs = () => readFileSync(inMachine('compiler.txt'), 'utf8').trim().split('\n');
const pipInstalls = `mkdir -p "$target/tensorflow/include/tensorflow/c/eager"
echo "$last" >> $0.installed
touch "$target/tensorflow/libtensorflow_cc.so.2" "$target/tensorflow/libtensorflow_framework.so.2" "$target/tensorflow/include/tensorflow/c/eager/c_api.h"`;

/** Plants everything that a build needs. Returns the package's folder. */
function plantAll(addon: FakeAddon = {}): string {
  plantPython({ tensorflow: plantTensorflow() });
  plantCompiler(addon);
  return plantPackage();
}

describe.skipIf(!isLinux())('buildNative', () => {
  it("builds against the TensorFlow of the user's Python, and says what computes", async () => {
    const packageFolder = plantAll({ version: '2.21.0' });
    expect(await build()).toMatchObject({ packageFolder, version: '2.21.0', device: 'processor' });
    const tensorflow = inMachine('site-packages', 'tensorflow');
    expect(compilerArgs()).toEqual(
      expect.arrayContaining([
        join(tensorflow, 'include'),
        join(packageFolder, 'binding', 'tfjs_backend.cc'),
        join(tensorflow, 'libtensorflow_cc.so.2'),
        join(tensorflow, 'libtensorflow_framework.so.2'),
        `-Wl,-rpath,${tensorflow}`,
      ]),
    );
    const nodeApi = compilerArgs()[compilerArgs().indexOf('-I') + 1];
    expect(existsSync(join(nodeApi, 'node_api.h'))).toBe(true);
  });

  it('uses python where there is no python3, and a compiler with another name', async () => {
    plantPython({ name: 'python', tensorflow: plantTensorflow('2.12.1') });
    plantCompiler({}, 'clang++');
    plantPackage();
    expect((await build()).works).toBe(true);
  });

  it('uses the compiler that CXX names, with its flags', async () => {
    plantAll();
    plantProgram('g++', 'exit 1');
    plantCompiler({}, 'mine');
    vi.stubEnv('CXX', 'mine -march=native');
    await build();
    expect(compilerArgs()[0]).toBe('-march=native');
  });

  it.each([
    ["pip's package", ['site-packages', 'tensorflow']],
    ['the folder that holds it', ['site-packages']],
  ])('takes a folder instead of a Python: %s', async (_, names) => {
    plantAll();
    plantPython();
    await build({ tensorflow: inMachine(...names) });
    expect(compilerArgs()).toContain(inMachine('site-packages', 'tensorflow', 'libtensorflow_cc.so.2'));
  });

  it("accepts an unpacked archive of TensorFlow for C, whose headers are beside the libraries' folder", async () => {
    plantAll();
    const libraries = ['libtensorflow.so.2', 'libtensorflow_framework.so.2'].map((name) => `archive/lib/${name}`);
    for (const file of [...libraries, 'archive/include/tensorflow/c/eager/c_api.h']) plantFile(file);
    await build({ tensorflow: inMachine('archive') });
    expect(compilerArgs()).toEqual(
      expect.arrayContaining([inMachine('archive', 'include'), inMachine('archive', 'lib', 'libtensorflow.so.2')]),
    );
  });

  it('downloads a version once', async () => {
    plantAll();
    const python = plantPython({ pip: pipInstalls });
    await build({ download: '2.18.0' });
    await build({ download: '2.18.0' });
    expect(readFileSync(`${python}.installed`, 'utf8')).toBe('tensorflow-cpu==2.18.0\n');
    expect(compilerArgs()).toContain(
      inMachine('cache', 'tfjs-native', 'tensorflow-cpu-2.18.0', 'tensorflow', 'libtensorflow_cc.so.2'),
    );
  });

  it("downloads CUDA's libraries where a GPU is required", async () => {
    plantAll({ gpu: true });
    const python = plantPython({ pip: pipInstalls });
    expect(await build({ download: '2.18.0', gpu: true })).toMatchObject({ device: 'gpu' });
    expect(readFileSync(`${python}.installed`, 'utf8')).toBe('tensorflow[and-cuda]==2.18.0\n');
  });

  it('downloads the newest again, since there may be a newer one', async () => {
    plantAll();
    const python = plantPython({ pip: pipInstalls });
    await build({ download: 'newest' });
    await build({ download: 'newest' });
    expect(readFileSync(`${python}.installed`, 'utf8')).toBe('tensorflow-cpu\ntensorflow-cpu\n');
  });

  it('installs the package in the cache folder where there is none, without its install script', async () => {
    plantAll();
    plantProgram('npm', `echo "$@" > ${inMachine('npm.txt')}; cp -r ${inMachine('project', 'node_modules')} .`);
    const home = inMachine('cache', 'tfjs-native', 'tfjs-node-4.22.0');
    const { packageFolder } = await build({ from: inMachine('elsewhere.js') });
    expect(packageFolder).toBe(join(home, 'node_modules', '@tensorflow', 'tfjs-node'));
    expect(readFileSync(inMachine('npm.txt'), 'utf8')).toContain('install --ignore-scripts');
    expect(readFileSync(join(home, 'package.json'), 'utf8')).toContain('"@tensorflow/tfjs-node":"4.22.0"');
  });

  it('prefers the GPU package where a GPU is required', async () => {
    plantAll({ gpu: true });
    const packageFolder = plantPackage('@tensorflow/tfjs-node-gpu');
    expect(await build({ gpu: true })).toMatchObject({ packageFolder, device: 'gpu' });
  });
});

describe.skipIf(!isLinux())('buildNative says in one sentence that', () => {
  it('there is no Python', async () => {
    await expect(build()).rejects.toThrow(/^there is no Python to take TensorFlow from .* --tensorflow$/);
  });

  it('the named Python cannot be run', async () => {
    await expect(build({ python: '/no/python' })).rejects.toThrow('--python must name a Python that can be run, got /no/python');
  });

  it.each([
    [false, 'install it with python3 -m pip install tensorflow-cpu, or add --download newest'],
    [true, "install it with python3 -m pip install 'tensorflow[and-cuda]', or add --download newest"],
  ])('it has no TensorFlow (a GPU is required: %j)', async (gpu, remedy) => {
    plantPython();
    await expect(build({ gpu })).rejects.toThrow(`python3 has no TensorFlow: ${remedy}`);
  });

  it('Python fails', async () => {
    plantProgram('python3', 'echo ImportError: no importlib >&2; exit 3');
    await expect(build()).rejects.toThrow(
      'python3 must report where TensorFlow is, but it exited with code 3: ImportError: no importlib',
    );
  });

  it.each(['2.9.3', '2.11.1'])('TensorFlow %s is too old', async (version) => {
    const tensorflow = plantTensorflow(version);
    plantPython({ tensorflow });
    await expect(build()).rejects.toThrow(
      `TensorFlow must be 2.12 or newer, since older ones have no library to link with, got ${version} in ${tensorflow}`,
    );
  });

  it('a folder contains no TensorFlow, or does not exist', async () => {
    await expect(build({ tensorflow: inMachine('bin') })).rejects.toThrow(/bin holds no libtensorflow_cc\.so\.2 beside/);
    await expect(build({ tensorflow: inMachine('none') })).rejects.toThrow(/^the folder of TensorFlow must exist, got .*none$/);
  });

  it('the headers are missing', async () => {
    for (const name of ['libtensorflow.so.2', 'libtensorflow_framework.so.2']) plantFile(`bare/${name}`);
    await expect(build({ tensorflow: inMachine('bare') })).rejects.toThrow(/headers must be in .*bare\/include, but it holds no/);
  });

  it('there is no compiler', async () => {
    plantPython({ tensorflow: plantTensorflow() });
    plantPackage();
    await expect(build()).rejects.toThrow(
      'there is no C++ compiler (none of g++, c++, clang++ can be run): install one (Debian: apt-get install g++), or name one in CXX',
    );
  });

  it('the compiler in CXX cannot be run', async () => {
    plantAll();
    vi.stubEnv('CXX', 'no-such-compiler -O3');
    await expect(build()).rejects.toThrow('CXX must name a C++ compiler that can be run, got no-such-compiler -O3');
  });

  it('the addon does not compile, with the first error', async () => {
    plantAll();
    plantProgram('g++', 'echo "In file included from a.cc:" >&2; echo "a.h:1:10: fatal error: b.h: No such file" >&2; exit 1');
    await expect(build()).rejects.toThrow(
      /must compile against .*include, but it does not: a\.h:1:10: fatal error: b\.h: No such file$/,
    );
  });

  it('pip fails, and keeps nothing', async () => {
    plantPackage();
    plantPython({ pip: 'echo "ERROR: No matching distribution found for tensorflow-cpu==9.9" >&2; exit 1' });
    await expect(build({ download: '9.9' })).rejects.toThrow(
      'python3 -m pip must download tensorflow-cpu==9.9, but it exited with code 1: ERROR: No matching distribution found',
    );
    expect(existsSync(inMachine('cache', 'tfjs-native', 'tensorflow-cpu-9.9'))).toBe(false);
  });

  it('npm fails', async () => {
    plantAll();
    plantProgram('npm', 'echo "npm error network" >&2; exit 1');
    await expect(build({ from: inMachine('elsewhere.js') })).rejects.toThrow(
      'npm must install @tensorflow/tfjs-node@4.22.0, but it exited with code 1: npm error network',
    );
  });

  it('a folder is not that of the package', async () => {
    plantAll();
    await expect(build({ packageFolder: inMachine('bin') })).rejects.toThrow(
      /bin must be the folder of @tensorflow\/tfjs-node or -gpu/,
    );
  });

  it.each<[string, FakeAddon, RegExp]>([
    ['does not load', { error: 'undefined symbol: TF_Version' }, /does not work: undefined symbol: TF_Version$/],
    ['computes wrong results', { sum: 5 }, /does not work: sums of four ones must be 4, got 5$/],
    ['crashes', { signal: 'SIGSEGV' }, /does not work: it was killed by SIGSEGV$/],
    [
      'needs another processor',
      { signal: 'SIGILL' },
      /does not work: TensorFlow needs instructions that this processor lacks \(AVX\)$/,
    ],
  ])('the addon %s, and keeps the one before', async (_, addon, message) => {
    const packageFolder = plantAll(addon);
    const file = plantAddon(packageFolder, { version: '2.15.0' });
    await expect(build()).rejects.toThrow(message);
    expect(readFileSync(file, 'utf8')).toContain('2.15.0');
    expect([`${file}.new`, `${file}.old`].filter(existsSync)).toEqual([]);
  });

  it.each([
    ['it finds none', undefined],
    [
      'it finds none (Cannot dlopen some GPU libraries)',
      '2026-11-28 07:00:00.1: I tsl/cpu.cc:210] This TensorFlow binary is optimized\n2026-11-28 07:00:00.2: W gpu_device.cc:2256] Cannot dlopen some GPU libraries.',
    ],
    [
      'it finds none (Could not find cuda drivers on your machine)',
      'I0000 00:00:1795850579.199734   23264 cudart_stub.cc:31] Could not find cuda drivers on your machine,',
    ],
  ])('TensorFlow must compute on a GPU, but %s', async (reason, log) => {
    plantAll({ log });
    await expect(build({ gpu: true })).rejects.toThrow(
      `TensorFlow 2.21.0 must compute on a GPU, but ${reason}: this needs NVIDIA's driver and a TensorFlow with CUDA`,
    );
  });
});
