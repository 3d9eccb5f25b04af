import { describe, expect, it } from 'vitest';
import type { Backend, BackendAvailability } from './backend';
import { chooseBackend, type BackendMeasurement } from './choose-backend';

const there: BackendAvailability = { available: true, description: 'there' };
const missing: BackendAvailability = { available: false, reason: 'no GPU was found', remedy: 'buy one' };

const backend = (name: string, availability: BackendAvailability = there): Backend => ({
  name,
  summary: '',
  availability: () => Promise.resolve(availability),
  start: () => Promise.reject(new Error('only measured')),
});

function measured(times: Record<string, number>) {
  const lines: string[] = [];
  const asked: string[] = [];
  const measure = (name: string): Promise<BackendMeasurement> => {
    asked.push(name);
    if (!(name in times)) return Promise.reject(new Error('a convolution of ones must sum to 4, got 3'));
    return Promise.resolve({ milliseconds: times[name], description: name });
  };
  return { lines, asked, surroundings: { measure, note: (line: string) => lines.push(line) } };
}

describe('chooseBackend', () => {
  it('takes the fastest and says why', async () => {
    const { lines, surroundings } = measured({ wasm: 20, webgpu: 2 });
    expect(await chooseBackend([backend('wasm'), backend('webgpu')], surroundings)).toBe('webgpu');
    expect(lines).toEqual([
      'Backend: webgpu, the fastest that works here (wasm: 20 ms for a convolution and its gradients; ' +
        'webgpu: 2.0 ms for a convolution and its gradients)',
    ]);
  });

  it('skips backends that are missing, without measuring them, and those with wrong results', async () => {
    const { lines, asked, surroundings } = measured({ wasm: 20 });
    expect(await chooseBackend([backend('webgpu', missing), backend('wrong'), backend('wasm')], surroundings)).toBe('wasm');
    expect(asked).toEqual(['wrong', 'wasm']);
    expect(lines[0]).toContain('webgpu: no GPU was found; wrong: a convolution of ones must sum to 4, got 3; wasm: 20 ms');
  });

  it('never takes the one for comparison', async () => {
    const { surroundings } = measured({ cpu: 1, wasm: 20 });
    expect(await chooseBackend([backend('cpu'), backend('wasm')], surroundings)).toBe('wasm');
  });

  it('fails with all reasons if none works', async () => {
    const { surroundings } = measured({});
    await expect(chooseBackend([backend('webgpu', missing)], surroundings)).rejects.toThrow(
      '--backend auto: no backend can be used here (webgpu: no GPU was found)',
    );
  });
});
