import { formatStep } from './format-step';
import type { Progress } from './progress';

/** What progress is written to: a terminal or a pipe. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Piped output gets a line at most this often. */
const PLAIN_LINE_EVERY_MS = 10_000;
/** A terminal's line changes at most this often. */
const TERMINAL_LINE_EVERY_MS = 50;
const CLEAR_LINE = '\r\x1b[2K';

function terminalProgress(output: Output, nowMs: () => number): Progress {
  let shown = false;
  let lastMs = -Infinity;
  const clear = () => {
    if (shown) output.write(CLEAR_LINE);
    shown = false;
  };
  const status = (line: string) => {
    if (nowMs() - lastMs < TERMINAL_LINE_EVERY_MS) return;
    lastMs = nowMs();
    output.write(`${CLEAR_LINE}${line.slice(0, (output.columns ?? 80) - 1)}`);
    shown = true;
  };
  return {
    note(line) {
      clear();
      output.write(`${line}\n`);
    },
    status,
    step: (progress) => status(formatStep(progress)),
    finish: clear,
  };
}

function plainProgress(output: Output, nowMs: () => number): Progress {
  let lastMs = -Infinity;
  const status = (line: string) => {
    if (nowMs() - lastMs < PLAIN_LINE_EVERY_MS) return;
    lastMs = nowMs();
    output.write(`${line}\n`);
  };
  return {
    note(line) {
      output.write(`${line}\n`);
      lastMs = -Infinity; // what follows a note is news
    },
    status,
    step: (progress) => status(formatStep(progress)),
    finish: () => {},
  };
}

/** One steady line on a terminal; plain lines at a steady rate when piped. `nowMs` is the clock. */
export function createProgress(output: Output, nowMs: () => number): Progress {
  return output.isTTY ? terminalProgress(output, nowMs) : plainProgress(output, nowMs);
}
