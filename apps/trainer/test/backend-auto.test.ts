import { describe, expect, it, vi } from 'vitest';
import { measureInOwnProcess } from '@cmcgan/backends';
import { CLI } from './cli-process';

describe('measureInOwnProcess', () => {
  it('times wasm on convolutions whose results are right', async () => {
    const { milliseconds, description } = await measureInOwnProcess(CLI, 1)('wasm');
    expect(milliseconds).toBeGreaterThan(0);
    expect(description).toMatch(/^wasm, 1 thread/);
  });

  it('says in the words of the process why a backend cannot be measured', async () => {
    vi.stubEnv('CMCGAN_TFJS_NODE', '/no/package');
    await expect(measureInOwnProcess(CLI, null)('tfjs-node')).rejects.toThrow(
      /^--backend tfjs-node: \/no\/package has no native addon .*; build it with: npx pnpm --filter trainer start native$/,
    );
    vi.unstubAllEnvs();
  });
});
