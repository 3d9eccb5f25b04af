// Runs once, before the first worker starts: finds out which Chromium and which GPU the tests can use, and cleans up at the end.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { probeGpu } from '../../packages/tfjs-kernels/src/webgpu/probe-gpu';
import type { FoundChromium } from './chromium';
import type { FoundGpu } from './gpu';
import { unpackNpmChromium, type UnpackedChromium } from './npm-chromium';

/** Path of the system's own Chromium. */
const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const START_LIMIT_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'cmcgan-tests-'));
const removeFolder = () => rmSync(folder, { recursive: true, force: true });

export async function setup(project: TestProject): Promise<void> {
  process.once('exit', removeFolder); // Ctrl-C ends up here
  const unpacked = await unpack();
  project.provide('chromium', findChromium(unpacked));
  project.provide('gpu', await findGpu(unpacked));
}

export const teardown = removeFolder;

type Unpacked = UnpackedChromium | { missing: string };

async function unpack(): Promise<Unpacked> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return {
      missing: `the one in the npm package @sparticuz/chromium is for linux-x64, not ${process.platform}-${process.arch}`,
    };
  try {
    const unpacked = await unpackNpmChromium(folder);
    start(unpacked);
    return unpacked;
  } catch (error) {
    return { missing: `the one in the npm package @sparticuz/chromium does not start: ${reasonOf(error)}` };
  }
}

/** The Chromium that CHROMIUM names, else npm's, else the system's. */
function findChromium(unpacked: Unpacked): FoundChromium {
  const named = process.env.CHROMIUM;
  if (named)
    return existsSync(named) ? { executable: named, env: {} } : { missing: `CHROMIUM names ${named}, which does not exist` };
  if (!('missing' in unpacked)) return unpacked;
  if (existsSync(SYSTEM_CHROMIUM)) return { executable: SYSTEM_CHROMIUM, env: {} };
  return { missing: `${unpacked.missing}; CHROMIUM may name another` };
}

function start({ executable, env }: UnpackedChromium): void {
  execFileSync(executable, ['--version'], { env: { ...process.env, ...env }, stdio: 'pipe', timeout: START_LIMIT_MS });
}

/** The last line of a program's standard error, or else the first of Node's message. */
const reasonOf = (error: unknown) => {
  const { stderr, message } = error as { stderr?: Buffer; message: string };
  return stderr?.toString().trim().split('\n').at(-1) || message.split('\n')[0];
};

/** The machine's own GPU (possibly a software one) if it has one, else Chromium's software driver. */
async function findGpu(unpacked: Unpacked): Promise<FoundGpu> {
  const own = await probeGpu();
  if (own.found) return { description: own.description, env: {} };
  if ('missing' in unpacked) return { missing: own.reason };
  const { vulkanDriver, vulkanLoaderFolder } = unpacked;
  // read when a process starts, so it is set for all workers; without a driver the loader finds the same as before
  process.env.LD_LIBRARY_PATH = [vulkanLoaderFolder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  const env = { VK_DRIVER_FILES: vulkanDriver, VK_ICD_FILENAMES: vulkanDriver };
  const software = await probeGpu({ env: { ...process.env, ...env } });
  return software.found ? { description: software.description, env } : { missing: software.reason };
}
