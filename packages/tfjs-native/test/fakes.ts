import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';

/** What a planted addon does when it is loaded. */
export interface FakeAddon {
  version?: string;
  gpu?: boolean;
  /** What sums of four ones come to. */
  sum?: number;
  /** Message of the error thrown as it loads. */
  error?: string;
  /** Signal that kills the process that loads it. */
  signal?: string;
  /** Written to standard error as it loads. */
  log?: string;
}

let folder: string;

/** Whether addons can be built at all; where they can't, prints that this is not tested. */
export function isLinux(): boolean {
  const yes = process.platform === 'linux';
  if (!yes) console.warn(`Skipped: addons can be built on Linux only, so this is not tested on ${process.platform}.`);
  return yes;
}

/** A fresh folder that is also the whole PATH; no environment variable names a compiler or a cache. */
export function useMachine(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tfjs-native-'));
    mkdirSync(inMachine('bin'));
    vi.stubEnv('PATH', inMachine('bin'));
    vi.stubEnv('XDG_CACHE_HOME', inMachine('cache'));
    for (const name of ['CXX', 'TF_CPP_MIN_LOG_LEVEL', 'TF_ENABLE_ONEDNN_OPTS', 'CUDA_VISIBLE_DEVICES'])
      vi.stubEnv(name, undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
}

/** A path on the machine. */
export const inMachine = (...names: string[]): string => join(folder, ...names);

/** Plants an empty file. */
export const plantFile = (name: string): string => write(inMachine(name), '');

function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Plants a shell script on PATH. */
export function plantProgram(name: string, script: string): string {
  const path = write(inMachine('bin', name), `#!/bin/sh\nPATH=/bin:/usr/bin\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Plants a Python: where it finds TensorFlow (empty: nowhere), and what `python -m pip` does. */
export const plantPython = ({ tensorflow = '', pip = 'exit 1', name = 'python3' } = {}): string =>
  plantProgram(
    name,
    `case "$1" in
  --version) echo Python 3.11.7 ;;
  -c) echo "${tensorflow}" ;;
  -m) for last; do :; done; while [ "$1" != --target ]; do shift; done; target=$2
${pip} ;;
esac`,
  );

/** Plants pip's package `tensorflow`, with libraries and headers from 2.12 on. Returns its folder. */
export function plantTensorflow(version = '2.21.0', home = inMachine('site-packages')): string {
  const tensorflow = join(home, 'tensorflow');
  write(join(home, `tensorflow_cpu-${version}.dist-info`, 'METADATA'), '');
  write(join(home, 'tensorflow_estimator-2.15.0.dist-info', 'METADATA'), '');
  write(join(tensorflow, 'libtensorflow_framework.so.2'), '');
  if (Number(version.split('.')[1]) < 12) return tensorflow;
  write(join(tensorflow, 'libtensorflow_cc.so.2'), '');
  write(join(tensorflow, 'include', 'tensorflow', 'c', 'eager', 'c_api.h'), '');
  return tensorflow;
}

/** Plants a compiler that writes its arguments into `compiler.txt` and produces an addon with the given behaviour. */
export function plantCompiler(addon: FakeAddon = {}, name = 'g++'): void {
  const product = write(inMachine('product.json'), JSON.stringify(addon));
  plantProgram(
    name,
    `printf '%s\\n' "$@" > ${inMachine('compiler.txt')}; while [ "$1" != -o ]; do shift; done; cp ${product} "$2"`,
  );
}

/** A fake npm package as installed without its install script; its library behaves as the addon beside it says. */
export function plantPackage(name = '@tensorflow/tfjs-node', home = inMachine('project')): string {
  const packageFolder = join(home, 'node_modules', name);
  write(join(packageFolder, 'package.json'), JSON.stringify({ name, version: '4.22.0' }));
  write(join(packageFolder, 'binding', 'tfjs_backend.cc'), '');
  write(join(packageFolder, 'index.js'), LIBRARY);
  return packageFolder;
}

/** An addon left by an earlier build. */
export const plantAddon = (packageFolder: string, addon: FakeAddon = {}): string =>
  write(join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node'), JSON.stringify(addon));

const LIBRARY = `
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { isNullOrUndefined } = require('node:util');
const { version = '2.21.0', gpu = false, sum = 4, error, signal, log } =
  JSON.parse(readFileSync(join(__dirname, 'lib', 'napi-v8', 'tfjs_binding.node'), 'utf8'));
if (!isNullOrUndefined(null)) throw new Error('isNullOrUndefined must be there');
if (log) process.stderr.write(log + '\\n');
if (signal) process.kill(process.pid, signal);
if (error) throw new Error(error);
const isUsingGpuDevice = gpu && process.env.CUDA_VISIBLE_DEVICES !== '-1';
const result = { dataSync: () => new Float32Array([sum, sum]) };
module.exports = {
  ones: () => result, matMul: () => result, conv2d: () => result,
  backend: () => ({ isUsingGpuDevice, binding: { TF_Version: version } }),
  threads: process.env.TF_NUM_INTRAOP_THREADS,
};
`;
