import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasGpu } from '../../../../test/extras/gpu';
import { probeGpu } from './probe-gpu';

const present = hasGpu('probing for a GPU');

/** A driver's manifest, which an installation leaves whether or not there is a device. */
function manifestOf(library: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'some_icd.json');
  writeFileSync(path, JSON.stringify({ file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.3.0' } }));
  return path;
}

/** An environment in which a script runs before every Node program. */
const whileRunning = (script: string) => ({
  env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` },
});

describe('probeGpu', () => {
  it.skipIf(!present)('describes an existing GPU', async () => {
    expect(await probeGpu()).toEqual({ found: true, description: expect.stringMatching(/\w/) as string });
  });

  it.skipIf(process.platform !== 'linux')("finds no GPU where there is only a driver's manifest", async () => {
    const manifest = manifestOf('/nowhere/libvulkan_some.so');
    const env = { ...process.env, VK_DRIVER_FILES: manifest, VK_ICD_FILENAMES: manifest };
    expect(await probeGpu({ env })).toEqual({ found: false, missing: 'gpu', reason: 'no GPU was found' });
  });

  it.skipIf(process.platform === 'win32')('survives a crashing driver', async () => {
    const reason = 'WebGPU could not be started (its driver was killed by SIGSEGV)';
    expect(await probeGpu(whileRunning('process.kill(process.pid, 11)'))).toEqual({ found: false, missing: 'gpu', reason });
  });

  it.each([
    ['throw new Error("libxcb.so.1: no such file")', 'Error: libxcb.so.1: no such file'],
    ['console.error("one\\ntwo"); process.exit(3)', 'two'],
    ['process.exit(3)', 'no answer'],
  ])('gives the reason for the failure in a sentence: %s', async (script, reason) => {
    expect(await probeGpu(whileRunning(script))).toMatchObject({ reason: `WebGPU could not be started (${reason})` });
  });
});
