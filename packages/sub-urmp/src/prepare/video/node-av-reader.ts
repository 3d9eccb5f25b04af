import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LMS_SAMPLE_RATE_HZ } from '@cmcgan/audio-features';
import { joinSamples } from './join-samples';
import { assertFrameSize, createSoundCollector } from './video-limits';
import { frameFilter, soundFilter, withoutStream, type VideoReader } from './video-reader';

/** The part of node-av 6 that is used here; the package (167 MB) is an optional peer dependency, loaded only when needed. */
interface NodeAv {
  Demuxer: { open(path: string): Promise<Demuxer> };
  Decoder: { create(stream: Stream): Promise<Source<Packet, Frame>> };
  FilterAPI: { create(description: string): Source<Frame, Frame> };
}
interface Demuxer {
  /** Seconds. */
  readonly startTime: number;
  video(): Stream | undefined;
  audio(): Stream | undefined;
  packets(index: number): AsyncIterable<Packet | null>;
  close(): Promise<void>;
}
interface Stream {
  index: number;
  codecpar: { getAllCodedSideData(): { type: number; data: Buffer }[] };
}
type Packet = object;
interface Frame {
  pts: bigint;
  width: number;
  height: number;
  toBuffer(): Buffer;
  free(): void;
}
interface Source<From, To> {
  frames(from: AsyncIterable<From | null>): AsyncIterable<To | null>;
  close(): void;
}

/** FFmpeg's AV_LOG_QUIET. */
const LOG_QUIET = -8;

/** FFmpeg's AV_PKT_DATA_DISPLAYMATRIX. */
const DISPLAY_MATRIX = 5;

/** Loads node-av from where this package finds it, else from `folder` or above it; undefined if it is in neither place. */
export async function loadNodeAv(folder: string): Promise<VideoReader | undefined> {
  const places = [
    () => import.meta.resolve?.('node-av/api'),
    () => pathToFileURL(createRequire(join(folder, 'package.json')).resolve('node-av/api')).href,
  ];
  for (const place of places) {
    try {
      const url = place();
      if (url === undefined) continue;
      addWithResolvers();
      const nodeAv = (await import(/* @vite-ignore */ url)) as NodeAv;
      await silence(url);
      return nodeAvReader(nodeAv);
    } catch {
      continue; // missing, or not for this platform: try the next place
    }
  }
  return undefined;
}

/** Turns off FFmpeg's log, which would go to the terminal; errors are thrown anyway. */
async function silence(apiUrl: string): Promise<void> {
  const { Log } = (await import(/* @vite-ignore */ apiUrl.replace('/api/index.js', '/lib/index.js'))) as {
    Log?: { setLevel(level: number): void };
  };
  Log?.setLevel(LOG_QUIET);
}

/** Adds Promise.withResolvers, which node-av 6 uses and Node has only since version 22. */
function addWithResolvers(): void {
  const promise = Promise as unknown as { withResolvers?: () => unknown };
  promise.withResolvers ??= () => {
    let [resolve, reject] = [(_: unknown) => {}, (_: unknown) => {}];
    const made = new Promise((onResolve, onReject) => ([resolve, reject] = [onResolve, onReject]));
    return { promise: made, resolve, reject };
  };
}

function nodeAvReader(nodeAv: NodeAv): VideoReader {
  /** Decodes one stream through a filter. Each frame is freed after use. */
  async function* decoded(path: string, which: 'video' | 'audio', filterOf: (stream: Stream, startSeconds: number) => string) {
    const input = await nodeAv.Demuxer.open(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    const closed: { close(): unknown }[] = [input];
    try {
      const stream = input[which]();
      if (!stream) throw withoutStream(path, which === 'video' ? 'picture' : 'sound');
      const decoder = await nodeAv.Decoder.create(stream);
      closed.unshift(decoder);
      const filter = nodeAv.FilterAPI.create(filterOf(stream, input.startTime || 0));
      closed.unshift(filter);
      for await (const frame of filter.frames(decoder.frames(input.packets(stream.index)))) {
        if (!frame) continue;
        try {
          yield frame;
        } finally {
          frame.free();
        }
      }
    } catch (error) {
      throw unreadable(path, error);
    } finally {
      for (const each of closed) await each.close();
    }
  }

  return {
    name: 'node-av',
    async *frames(path, grid) {
      const filterOf = (stream: Stream, startSeconds: number) => [...upright(stream), frameFilter(grid, startSeconds)].join(',');
      for await (const frame of decoded(path, 'video', filterOf)) {
        const { width, height } = frame;
        assertFrameSize(path, frame);
        yield { index: Number(frame.pts), picture: { pixels: new Uint8Array(frame.toBuffer()), width, height } };
      }
    },
    async sound(path) {
      const { add, pieces } = createSoundCollector(path);
      const filterOf = (_: Stream, startSeconds: number) => soundFilter(LMS_SAMPLE_RATE_HZ, startSeconds);
      for await (const frame of decoded(path, 'audio', filterOf)) add(new Uint8Array(frame.toBuffer()));
      return joinSamples(pieces);
    },
  };
}

/** The filters that rotate a picture upright as its container specifies (as for a phone held upright), which ffmpeg does by default. */
function upright({ codecpar }: Stream): string[] {
  const data = codecpar.getAllCodedSideData().find(({ type }) => type === DISPLAY_MATRIX)?.data;
  if (!data || data.length < 8) return [];
  const turn = Math.round((Math.atan2(data.readInt32LE(4), data.readInt32LE(0)) * 180) / Math.PI / 90) & 3;
  return [[], ['transpose=clock'], ['hflip', 'vflip'], ['transpose=cclock']][turn];
}

function unreadable(path: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  if (reason.startsWith('prepare: ')) return error as Error;
  return new Error(`prepare: ${path} must be a video with picture and sound that node-av can read, got: ${reason}`);
}
