import { spawn } from 'node:child_process';
import { LMS_SAMPLE_RATE_HZ } from '@cmcgan/audio-features';
import { joinSamples } from './join-samples';
import { readPpmStream } from './read-ppm-stream';
import { frameFilter, soundFilter, type VideoReader } from './video-reader';

/** Whether the program can be run. */
export function hasFfmpeg(program = 'ffmpeg'): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, ['-version'], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** Reads videos with the ffmpeg program. */
export function ffmpegReader(program = 'ffmpeg'): VideoReader {
  const input = (path: string) => ['-nostdin', '-v', 'error', '-i', `file:${path}`];
  return {
    name: 'ffmpeg',
    async *frames(path, grid) {
      const args = [...input(path), '-map', '0:v:0', '-vf', frameFilter(grid), '-f', 'image2pipe', '-c:v', 'ppm', '-'];
      let index = 0;
      for await (const picture of readPpmStream(run(program, args, path))) yield { index: index++, picture };
    },
    async sound(path) {
      const filter = soundFilter(LMS_SAMPLE_RATE_HZ);
      const args = [...input(path), '-map', '0:a:0', '-af', filter, '-f', 'f32le', '-c:a', 'pcm_f32le', '-'];
      const pieces: Uint8Array[] = [];
      for await (const piece of run(program, args, path)) pieces.push(piece);
      return joinSamples(pieces);
    },
  };
}

/** Runs the program and gives what it writes; ends it when nobody wants more. */
async function* run(program: string, args: readonly string[], path: string): AsyncGenerator<Uint8Array> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint = (complaint + text.toString()).slice(0, 2000)));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  ended.catch(() => {}); // awaited below
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>;
    const code = await ended;
    if (code !== 0) {
      const reason = complaint.trim().split('\n').pop() || `exit code ${code}`;
      throw new Error(`prepare: ${path} must be a video with picture and sound that ffmpeg can read, got: ${reason}`);
    }
  } finally {
    child.kill();
  }
}
