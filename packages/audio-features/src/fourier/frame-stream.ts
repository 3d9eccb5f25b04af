import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { countFrames, leadOf, type ResolvedFraming } from './frame-plan';
import { joinSamples } from '../join-samples';
import { fillFrame } from './padding';

/** Cuts a signal that arrives in chunks into the same frames as the whole signal, padding included. Keeps little more than a frame. */
export interface FrameStream {
  /** Appends `samples`; returns how many frames are now complete. */
  push(samples: Float32Array): number;
  /** How many frames reach beyond the end. Ends the stream. */
  flush(): number;
  /** Calls `use` with the samples [fftSize] of each of these frames, which are overwritten by the next. */
  forEach(frameCount: number, use: (frame: Float32Array, index: number) => void): void;
}

/** A stream of frames. Errors are named after `where`, the stream's public name. */
export function createFrameStream(framing: ResolvedFraming, where: string): FrameStream {
  const { fftSize, hopSize, padMode } = framing;
  const lead = leadOf(framing);
  const frame = new Float32Array(fftSize);
  let held = new Float32Array(0); // the samples from `start` onwards
  let start = 0;
  let emitted = 0;
  let ended = false;
  const received = () => start + held.length;

  /** Drops samples that are no longer needed: padding may still mirror what lies before its frame. */
  function forget(): void {
    const next = emitted * hopSize - lead;
    const first = Math.max(start, Math.min(next - lead - 2, received() - lead - 2));
    held = held.slice(first - start);
    start = first;
  }

  return {
    push(samples) {
      assertArgument(!ended, `${where}.push`, 'push must come before flush', 'a call after it');
      assertFiniteSamples(samples, `${where}.push`);
      held = joinSamples(held, samples);
      // Mirroring before the signal needs as many of its samples.
      if (received() < lead + 2) return 0;
      const decided = Math.floor((received() - fftSize + lead) / hopSize) + 1;
      return Math.max(0, decided - emitted);
    },
    flush() {
      assertArgument(!ended, `${where}.flush`, 'flush must come once', 'a second call');
      assertArgument(received() > 0, `${where}.flush`, 'samples must not be empty', received());
      ended = true;
      return Math.max(0, countFrames(received(), framing) - emitted);
    },
    forEach(frameCount, use) {
      for (let index = 0; index < frameCount; index++, emitted++) {
        fillFrame(frame, held, emitted * hopSize - lead - start, padMode);
        use(frame, index);
      }
      forget();
    },
  };
}
