// The worklet in a scope with nothing but the language, WebAssembly and what an AudioWorkletGlobalScope adds: no atob, no fetch, no
// TextDecoder, no URL. Chromium's own AudioWorklet is in browser/worklet.test.ts.
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { createFeatureStream } from '../src/features/create-feature-stream';
import type { FeatureMessage, ProcessorOptions } from '../src/worklet/feature-messages';

const BLOCK = 128;
const sampleRateHz = 22_050;

interface Processor {
  process(inputs: Float32Array[][]): boolean;
}
type ProcessorClass = new (options: { processorOptions: ProcessorOptions }) => Processor;

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../src/worklet.ts', import.meta.url))],
  bundle: true,
  write: false,
  platform: 'browser',
  format: 'iife',
});

/** Loads the worklet into a separate scope and creates a processor, whose messages are collected in `posted`. */
function startProcessor(processorOptions: ProcessorOptions) {
  const posted: FeatureMessage[] = [];
  const ports: { postMessage: unknown; onmessage?(event: { data: unknown }): void }[] = [];
  const processors: Record<string, ProcessorClass> = {};
  const scope = createContext({
    sampleRate: sampleRateHz,
    currentTime: 0,
    registerProcessor: (name: string, processor: ProcessorClass) => (processors[name] = processor),
    AudioWorkletProcessor: class {
      port = { postMessage: (message: FeatureMessage) => posted.push(message) };
      constructor() {
        ports.push(this.port);
      }
    },
  }) as { currentTime: number };
  runInContext(outputFiles[0]!.text, scope);
  const processor = new processors['cmcgan-features']!({ processorOptions });
  return { processor, posted, scope, post: (data: unknown) => ports[0]!.onmessage!({ data }) };
}

describe('the worklet in a bare scope', () => {
  const features = { rms: {}, mfcc: { coefficientCount: 13 }, spectralCentroid: {} };

  it.each([{}, { fftSize: 400, hopSize: 160 }, { fftSize: 512, hopSize: 1000, center: true }])(
    'returns the frames of a stream, and their start times: %j',
    (framing) => {
      const { processor, posted, scope } = startProcessor({ ...framing, features });
      const left = Float32Array.from({ length: 100 * BLOCK }, (_, n) => 0.5 * Math.sin(n * n * 1e-4));
      const right = left.map((value, n) => value * Math.cos(n));
      for (let at = 0; at < left.length; at += BLOCK) {
        scope.currentTime = 3 + at / sampleRateHz;
        expect(processor.process([[left.subarray(at, at + BLOCK), right.subarray(at, at + BLOCK)]])).toBe(true);
      }
      expect(posted[0]).toEqual({ kind: 'ready' });
      const sent = posted.flatMap((message) => (message.kind === 'frames' ? [message.frames] : []));
      const stream = createFeatureStream({ center: false, ...framing, sampleRateHz, features });
      const { hopSize = 512 } = framing as { hopSize?: number };
      const whole = left.length - (left.length % hopSize);
      const expected = stream.push(left.map((value, n) => (value + right[n]!) / 2).subarray(0, whole));
      expect(sent.reduce((sum, { frameCount }) => sum + frameCount, 0)).toBe(expected.frameCount);
      expect(sent.flatMap(({ features: found }) => [...found.spectralCentroid!])).toEqual([
        ...expected.features.spectralCentroid!,
      ]);
      expect(sent.flatMap(({ features: found }) => [...found.rms!])).toEqual([...expected.features.rms!]);
      let frame = 0;
      for (const { timeSeconds, frameCount } of sent) {
        expect(timeSeconds).toBeCloseTo(3 + (frame * hopSize) / sampleRateHz, 9);
        frame += frameCount;
      }
    },
  );

  it('waits while nothing is connected', () => {
    const { processor, posted } = startProcessor({ features });
    expect(processor.process([[]])).toBe(true);
    expect(posted).toEqual([{ kind: 'ready' }]);
  });

  it('ends when told to', () => {
    const { processor, posted, post } = startProcessor({ features });
    post('stop');
    expect(processor.process([[new Float32Array(BLOCK)]])).toBe(false);
    expect(posted).toEqual([{ kind: 'ready' }]);
  });

  it('posts why it cannot start', () => {
    const { processor, posted } = startProcessor({ features: { mfcc: { nMfcc: 13 } } } as object as ProcessorOptions);
    expect(posted).toMatchObject([
      { kind: 'error', message: expect.stringContaining('did you mean coefficientCount?') as string },
    ]);
    expect(processor.process([[new Float32Array(BLOCK)]])).toBe(false);
  });
});
