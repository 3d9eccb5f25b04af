import { spawn, type ChildProcess } from 'node:child_process';
import { LMS_SAMPLE_RATE_HZ } from '@cmcgan/audio-features';
import { joinSamples } from './join-samples';
import { readPpmStream } from './read-ppm-stream';
import { assertFrameSize, createSoundCollector, VIDEO_LIMITS } from './video-limits';
import { frameFilter, soundFilter, withoutStream, type VideoReader } from './video-reader';

/** Whether the program can be run. */
export function hasFfmpeg(program = 'ffmpeg'): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, ['-version'], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** Reads videos with the ffmpeg program, restricted to the file itself: a playlist named .avi cannot make it open anything else. */
export function ffmpegReader(program = 'ffmpeg'): VideoReader {
  const guards = ['-nostdin', '-max_alloc', String(VIDEO_LIMITS.allocationBytes), '-protocol_whitelist', 'file,pipe'];
  const input = (path: string) => ['-v', 'error', ...guards, '-i', `file:${path}`];
  return {
    name: 'ffmpeg',
    async *frames(path, grid) {
      const args = [...input(path), '-map', '0:v:0', '-vf', frameFilter(grid), '-f', 'image2pipe', '-c:v', 'ppm', '-'];
      let index = 0;
      const check = (size: { width: number; height: number }) => assertFrameSize(path, size);
      for await (const picture of readPpmStream(run(program, args, path), check)) yield { index: index++, picture };
    },
    async sound(path) {
      const filter = soundFilter(LMS_SAMPLE_RATE_HZ);
      const args = [...input(path), '-map', '0:a:0', '-af', filter, '-f', 'f32le', '-c:a', 'pcm_f32le', '-'];
      const { add, pieces } = createSoundCollector(path);
      for await (const piece of run(program, args, path)) add(piece);
      return joinSamples(pieces);
    },
  };
}

/** Runs the program and yields its output; stops it when the consumer stops reading or when it hangs. */
async function* run(program: string, args: readonly string[], path: string): AsyncGenerator<Uint8Array> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const watch = watchChild(child);
  try {
    for await (const piece of child.stdout as AsyncIterable<Uint8Array>) {
      watch.pause(); // ffmpeg may wait while the consumer is busy
      yield piece;
      watch.resume();
    }
    const problem = await watch.problem;
    const missing = /Stream map '?0:([av])|Stream map ''/.exec(problem ?? '') && (args.includes('0:a:0') ? 'sound' : 'picture');
    if (missing) throw withoutStream(path, missing);
    if (problem) throw new Error(`prepare: ${path} must be a video with picture and sound that ffmpeg can read, got: ${problem}`);
  } finally {
    watch.pause();
    child.kill('SIGKILL');
  }
}

/** The first line of ffmpeg's complaints, which is the cause of the others, without the prefix that names a part of ffmpeg. */
function firstLine(complaint: string): string {
  return (complaint.trim().split('\n')[0] ?? '').replace(/^(\[[^\]]*\] *)+/, '').trim();
}

/** Kills a child process that prints nothing for too long; `problem` describes how it failed, undefined if it succeeded. */
function watchChild(child: ChildProcess) {
  let complaint = '';
  let stuck = false;
  child.stderr?.on('data', (text: Buffer) => (complaint = (complaint + text.toString()).slice(0, 2000)));
  const problem = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => {
      if (stuck) resolve(`no output for ${VIDEO_LIMITS.silentSeconds} s`);
      else resolve(code === 0 ? undefined : firstLine(complaint) || `exit code ${code}`);
    });
  });
  const end = () => {
    stuck = true;
    child.kill('SIGKILL');
  };
  let timer: NodeJS.Timeout | undefined;
  const resume = () => void (timer = setTimeout(end, VIDEO_LIMITS.silentSeconds * 1000));
  resume();
  return { problem, resume, pause: () => clearTimeout(timer) };
}
