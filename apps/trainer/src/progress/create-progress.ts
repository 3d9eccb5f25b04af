import { formatStep } from './format-step';
import type { Output } from '@cmcgan/command-line';
import type { Progress } from './progress';

/** Shortest time between lines of piped output. */
const PLAIN_LINE_EVERY_MS = 10_000;
/** Shortest time between updates of a terminal's line. */
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
    lastMs = -Infinity; // so that the next status after a note is shown at once
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

/** Prints only the final summary. */
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

/** Prints nothing, as all ranks but the first one. */
export const SILENT_PROGRESS: Progress = quietProgress({ write: () => true } as unknown as Output);

/** Shortest time between status events. */
const STATUS_EVERY_MS = 1000;

/** Prints one JSON object per line, whose `event` is note, status, step, or one of {@link RunEvent}. */
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
    summary: () => {}, // it is all in the event "finished"
    finish: () => {},
  };
}

/** How progress is shown: text (one updated line on a terminal, plain lines when piped), only the final summary, or JSON. */
export type ProgressStyle = 'lines' | 'quiet' | 'json';

const STYLES: Readonly<Record<ProgressStyle, (output: Output, nowMs: () => number) => Progress>> = {
  lines: (output, nowMs) => (output.isTTY ? terminalProgress(output, nowMs) : plainProgress(output, nowMs)),
  quiet: quietProgress,
  json: jsonProgress,
};

/** Creates a progress display that writes to `output` in a style. `nowMs` is the clock. */
export function createProgress(output: Output, nowMs: () => number, style: ProgressStyle = 'lines'): Progress {
  return STYLES[style](output, nowMs);
}
