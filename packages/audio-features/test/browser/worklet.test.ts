// The AudioWorklet in headless Chromium, bundled as for a page, with sound from a context, a media element and a microphone.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../../test/extras/chromium';
import { createFeatureStream, type FeatureFrames } from '../../src/features/create-feature-stream';
import { hamming } from '../../src/fourier/window';
import type { createFeatureNode } from '../../src/worklet/create-feature-node';
import { writeWav } from '../../src/wav/write-wav';
import type { TimedFeatureFrames } from '../../src/worklet/feature-messages';

/** The global that the page's bundle defines. */
declare const audio: { createFeatureNode: typeof createFeatureNode; hamming: typeof hamming };

const RATE_HZ = 16_000;
const ARGS = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
const present = hasChromium('the AudioWorklet');

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
async function bundleOf(path: string, globalName?: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source(path)],
    bundle: true,
    write: false,
    platform: 'browser',
    format: globalName ? 'iife' : 'esm',
    globalName,
    external: ['node:*'],
  });
  return outputFiles[0]!.text;
}

/** Runs `use` in a page that has the package and can load the worklet. */
async function inPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
  const worklet = await bundleOf('worklet.ts');
  const script = await bundleOf('index.ts', 'audio');
  const served = new Map<string, [type: string, body: string | Uint8Array]>([
    ['/worklet.js', ['text/javascript', worklet]],
    ['/sound.wav', ['audio/wav', writeWav({ samples: melody, sampleRateHz: RATE_HZ })]],
  ]);
  const server = createServer(({ url }, response) => {
    const [type, body] = served.get(url!) ?? ['text/html', '<!doctype html><title>audio</title>'];
    response.setHeader('content-type', type);
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium(ARGS);
  try {
    const page = await browser.newPage();
    // AudioWorklet and microphones need a secure page; this address counts as one.
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.addScriptTag({ content: `${script}\n${listenInPage.toString()}` });
    return await use(page);
  } finally {
    await browser.close();
    server.close();
  }
}

/** Two channels, which the worklet mixes. */
const channels = [0, 1].map((channel) =>
  Float32Array.from({ length: 2 * RATE_HZ }, (_, n) => 0.4 * Math.sin(n * (0.2 + 0.1 * channel) + n * n * 1e-5)),
);
/** A second and a half, rounded to 16 bits as in a file; none of it silent. */
const melody = Float32Array.from(
  { length: 1.5 * RATE_HZ },
  (_, n) => Math.round(9000 * Math.cos(n * 0.1 + n * n * 7e-6)) / 32_768,
);
const features = { rms: {}, spectralCentroid: {}, mfcc: { coefficientCount: 13, melCount: 40 }, chroma: { tuning: 0.1 } };
const framing = { fftSize: 400, hopSize: 160 };

interface Sent {
  timeSeconds: number;
  frameCount: number;
  features: Record<string, number[]>;
}

/** In the page: creates a feature node, and collects what its worklet posts from now on. */
async function listenInPage(context: BaseAudioContext, options: object): Promise<{ node: AudioWorkletNode; sent: Sent[] }> {
  const sent: Sent[] = [];
  const onFrames = ({ timeSeconds, frameCount, features }: TimedFeatureFrames) => {
    const plain = Object.fromEntries(Object.entries(features).map(([name, values]) => [name, [...values]]));
    sent.push({ timeSeconds, frameCount, features: plain });
  };
  const node = await audio.createFeatureNode(context, {
    workletUrl: 'worklet.js',
    window: audio.hamming,
    onFrames,
    ...options,
  } as never);
  return { node, sent };
}

/** In the page: collects what the worklet posts while a context plays the channels. */
async function renderInPage(channelValues: number[][], rateHz: number, options: object): Promise<Sent[]> {
  const context = new OfflineAudioContext(2, channelValues[0]!.length, rateHz);
  const sound = new AudioBuffer({ length: channelValues[0]!.length, numberOfChannels: 2, sampleRate: rateHz });
  channelValues.forEach((values, channel) => sound.copyToChannel(Float32Array.from(values), channel));
  const player = new AudioBufferSourceNode(context, { buffer: sound });
  const { node, sent } = await listenInPage(context, options);
  player.connect(node);
  player.start();
  await context.startRendering();
  await new Promise((resolve) => setTimeout(resolve, 300)); // until the last messages are there
  return sent;
}

/**
 * In the page: collects what the worklet posts while an `<audio>` plays, and the samples that another worklet receives, from sample `start`
 * on.
 */
async function playInPage(options: object): Promise<{ sent: Sent[]; heard: number[]; start: number }> {
  const context = new AudioContext({ sampleRate: 16_000 });
  const recorder = `registerProcessor('recorder', class extends AudioWorkletProcessor {
    heard = []; start = -1;
    constructor() { super(); this.port.onmessage = () => this.port.postMessage({ heard: this.heard, start: this.start }); }
    process([channels]) {
      if (channels.length > 0 && this.start < 0) this.start = currentFrame;
      if (channels.length > 0) this.heard.push(...channels[0]);
      return true;
    }
  })`;
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' })));
  const element = new Audio('sound.wav');
  const sound = new MediaElementAudioSourceNode(context, { mediaElement: element });
  const recording = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 });
  const { node, sent } = await listenInPage(context, options);
  sound.connect(recording);
  sound.connect(node);
  await element.play();
  await new Promise((resolve) => element.addEventListener('ended', resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve, 300)); // until the last messages are there
  const recorded = new Promise<{ heard: number[]; start: number }>((resolve) => {
    recording.port.onmessage = ({ data }) => resolve(data as { heard: number[]; start: number });
  });
  recording.port.postMessage('done');
  const { heard, start } = await recorded;
  await context.close();
  return { sent, heard, start };
}

/** Runs a function in the page, as written here, with its arguments. */
function evaluate<A extends unknown[], R>(page: Page, run: (...values: A) => Promise<R>, ...values: A): Promise<R> {
  return page.evaluate(([code, ...rest]) => (eval(`(${code as string})`) as typeof run)(...(rest as A)), [
    run.toString(),
    ...values,
  ] as unknown[]);
}

/** Compares at least `leastFrames` of the frames that were sent with the features of the whole sound. */
function expectFrames(sent: Sent[], whole: FeatureFrames, leastFrames: number): void {
  const sentFrames = sent.reduce((sum, { frameCount }) => sum + frameCount, 0);
  expect(Math.min(sentFrames, whole.frameCount)).toBeGreaterThanOrEqual(leastFrames);
  for (const [name, expected] of Object.entries(whole.features)) {
    const size = expected.length / whole.frameCount;
    let column = 0;
    for (const { frameCount, features: found } of sent) {
      for (let i = 0; i < size * frameCount; i++) {
        const frame = column + (i % frameCount);
        const place = Math.floor(i / frameCount) * whole.frameCount + frame;
        if (frame < whole.frameCount) expect(found[name]![i]).toBeCloseTo(expected[place]!, 3);
      }
      column += frameCount;
    }
  }
}

/**
 * The messages before a busy machine kept the worklet from its first block: times go on then, samples don't. The other worklet may have
 * received that block.
 */
function beforeInterruption(sent: Sent[]): Sent[] {
  let frames = 0;
  const end = sent.findIndex(({ timeSeconds, frameCount }) => {
    const expected = sent[0]!.timeSeconds + (frames * framing.hopSize) / RATE_HZ;
    frames += frameCount;
    return Math.abs(timeSeconds - expected) > 0.5 / RATE_HZ;
  });
  return end === -1 ? sent : sent.slice(0, end);
}

describe.skipIf(!present)('the AudioWorklet in Chromium', () => {
  it('returns the features of the whole sound, and their times', async () => {
    const values = channels.map((channel) => [...channel]);
    const sent = await inPage((page) => evaluate(page, renderInPage, values, RATE_HZ, { ...framing, features }));
    const mixed = channels[0]!.map((value, n) => (value + channels[1]![n]!) / 2);
    const stream = createFeatureStream({ ...framing, sampleRateHz: RATE_HZ, center: false, window: hamming, features });
    const whole = stream.push(mixed);
    expect(sent.reduce((sum, { frameCount }) => sum + frameCount, 0)).toBe(whole.frameCount);
    expectFrames(sent, whole, whole.frameCount);
    let frame = 0;
    for (const { timeSeconds, frameCount } of sent) {
      expect(timeSeconds).toBeCloseTo((frame * framing.hopSize) / RATE_HZ, 6);
      frame += frameCount;
    }
  });

  it('returns the features of a media element, as of its file', async () => {
    const { sent, heard, start } = await inPage((page) => evaluate(page, playInPage, { ...framing, features }));
    const begin = heard.findIndex((value) => value !== 0);
    const played = heard.slice(begin, begin + melody.length);
    const other = played.findIndex((value, n) => Math.abs(value - melody[n]!) > 1 / 32_768); // positive levels are 32767ths there
    const intact = other === -1 ? played.length : other; // a busy machine may interrupt it later, and each worklet elsewhere
    expect(intact).toBeGreaterThan(RATE_HZ / 4);
    const first = Math.round(sent[0]!.timeSeconds * RATE_HZ) - start;
    expect(first).toBeGreaterThanOrEqual(0);
    const stream = createFeatureStream({ ...framing, sampleRateHz: RATE_HZ, center: false, window: hamming, features });
    const whole = stream.push(Float32Array.from(heard.slice(first, begin + intact)));
    expectFrames(beforeInterruption(sent), whole, (begin - first) / framing.hopSize + 20);
  });

  it('hears a microphone', async () => {
    const levels = await inPage((page) =>
      page.evaluate(async () => {
        const context = new AudioContext();
        const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
        const found: number[] = [];
        const node = await audio.createFeatureNode(context, {
          workletUrl: 'worklet.js',
          features: { rms: {} },
          onFrames: ({ features }) => found.push(...features.rms!),
        });
        new MediaStreamAudioSourceNode(context, { mediaStream: microphone }).connect(node);
        while (found.length < 200 && context.currentTime < 30) await new Promise((resolve) => setTimeout(resolve, 50));
        await context.close();
        return found;
      }),
    );
    expect(levels.length).toBeGreaterThanOrEqual(200);
    expect(Math.max(...levels)).toBeGreaterThan(0.001); // the browser's fake microphone beeps once a second
  });

  it.each([
    [{ features: {} }, 'createFeatureStream: features must name at least one'],
    [{ features: { mfcc: { nMfcc: 13 } } }, '(did you mean coefficientCount?)'],
    [{ features: { rms: {} }, fftsize: 400 }, 'createFeatureNode: options must be among'],
  ])('refuses %j', async (options, message) => {
    const error = await inPage((page) =>
      page.evaluate(async (wrong) => {
        const context = new OfflineAudioContext(1, 1000, 16000);
        const node = { workletUrl: 'worklet.js', onFrames: () => {}, ...wrong };
        return audio.createFeatureNode(context, node as never).then(
          () => 'accepted',
          ({ message }: Error) => message,
        );
      }, options as object),
    );
    expect(error).toContain(message);
  });
});
