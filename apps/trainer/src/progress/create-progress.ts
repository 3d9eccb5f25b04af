import { formatStep } from './format-step';
import type { Output } from '@cmcgan/command-line';
import type { Progress } from './progress';

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
  const width = () => (output.columns ?? 80) - 1;
  const status = (line: string) => {
    if (nowMs() - lastMs < TERMINAL_LINE_EVERY_MS) return;
    lastMs = nowMs();
    output.write(`${CLEAR_LINE}${line.slice(0, width())}`);
    shown = true;
  };
  const note = (line: string) => {
    clear();
    output.write(`${line}\n`);
  };
  return {
    note,
    status,
    step: (progress) => status(formatStep(progress, width())),
    event: () => {},
    summary: note,
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
  const note = (line: string) => {
    output.write(`${line}\n`);
    lastMs = -Infinity; // what follows a note is news
  };
  return {
    note,
    status,
    step: (progress) => status(formatStep(progress)),
    event: () => {},
    summary: note,
    finish: () => {},
  };
}

/** The last summary alone. */
function quietProgress(output: Output): Progress {
  return {
    note: () => {},
    status: () => {},
    step: () => {},
    event: () => {},
    summary: (text) => output.write(`${text}\n`),
    finish: () => {},
  };
}

/** The state of work in progress is written at most this often. */
const STATUS_EVERY_MS = 1000;

/** One JSON object a line, each with what it is as its `event`: note, status, step, and those of {@link RunEvent}. */
function jsonProgress(output: Output, nowMs: () => number): Progress {
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

/** How a run is told: for people (a steady line on a terminal, plain lines when piped), its end alone, or JSON for programs. */
export type ProgressStyle = 'lines' | 'quiet' | 'json';

const STYLES: Readonly<Record<ProgressStyle, (output: Output, nowMs: () => number) => Progress>> = {
  lines: (output, nowMs) => (output.isTTY ? terminalProgress(output, nowMs) : plainProgress(output, nowMs)),
  quiet: quietProgress,
  json: jsonProgress,
};

/** One steady line on a terminal and plain lines at a steady rate when piped, or another style. `nowMs` is the clock. */
export function createProgress(output: Output, nowMs: () => number, style: ProgressStyle = 'lines'): Progress {
  return STYLES[style](output, nowMs);
}
