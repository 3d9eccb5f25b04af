import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invocationFolder } from './start-program';

const folder = mkdtempSync(join(tmpdir(), 'cmcgan-command-line-'));
const program = join(folder, 'program.mjs');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('invocationFolder', () => {
  it('is where pnpm was called when it runs the start script', () => {
    const environment = { npm_lifecycle_event: 'start', npm_package_name: 'trainer', INIT_CWD: '/home/me' };
    expect(invocationFolder('trainer', environment, '/repo/apps/trainer')).toBe('/home/me');
  });

  it('is the working folder otherwise', () => {
    const environment = { npm_lifecycle_event: 'quickstart', npm_package_name: 'cmcgan-workspace', INIT_CWD: '/home/me' };
    expect(invocationFolder('trainer', environment, '/repo')).toBe('/repo');
  });
});

describe('startProgram', () => {
  beforeAll(() => {
    const source = `
      import { writeFileSync } from 'node:fs';
      import { startProgram, usageError } from ${JSON.stringify(fileURLToPath(new URL('./index.ts', import.meta.url)))};
      startProgram({ name: 'probe', remedies: {}, run: async ({ args }) => {
        if (args[0] === 'mistyped') throw usageError('a flag is mistyped');
        for (let i = 0; i < 2000; i++) {
          console.log('line', i);
          console.error('line', i);
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
        writeFileSync(args[0], 'all of it');
        return 0;
      } });`;
    buildSync({
      stdin: { contents: source, resolveDir: folder },
      bundle: true,
      platform: 'node',
      format: 'esm',
      // commander is a CommonJS module that asks for Node's own
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      outfile: program,
    });
  });

  const start = (args: string[]) => spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

  it('runs to its end when the readers of its output have gone', async () => {
    const file = join(folder, 'result');
    const child = start([file]);
    child.stdout.once('data', () => {
      child.stdout.destroy();
      child.stderr.destroy();
    });
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0);
    expect(existsSync(file)).toBe(true);
  });

  it('prints a usage error as one line and exits with 2', async () => {
    const child = start(['--', 'mistyped']);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
    expect(stderr).toBe('probe: a flag is mistyped\n');
  });
});
