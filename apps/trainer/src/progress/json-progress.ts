import type { Output } from '@cmcgan/command-line';
import type { Progress } from './progress';

/** A state that goes on is told at most this often. */
const STATUS_EVERY_MS = 1000;

/** One JSON object a line, each with what it is as its `event`: note, status, step, and those of {@link RunEvent}. */
export function jsonProgress(output: Output, nowMs: () => number): Progress {
  let lastMs = -Infinity;
  const write = (line: object) => output.write(`${JSON.stringify(line)}\n`);
  return {
    note: (text) => write({ event: 'note', text }),
    status(text) {
      if (nowMs() - lastMs < STATUS_EVERY_MS) return;
      lastMs = nowMs();
      write({ event: 'status', text });
    },
    step: (progress) => write({ event: 'step', ...progress }),
    event: write,
    summary: () => {}, // the event "finished" has it all
    finish: () => {},
  };
}
