/** Where progress is written: a terminal or a pipe. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Prints messages and the progress of work. */
export interface Progress {
  /** Prints a line. */
  note(line: string): void;
  /** Updates a progress bar on a terminal; if the output is piped, prints a line every ten seconds. */
  status(what: string, done: number, total: number): void;
  /** Removes the bar. */
  finish(): void;
}

const PLAIN_LINE_EVERY_MS = 10_000;
const BAR_EVERY_MS = 100;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\x1b[2K';

/** `reading  ███████░░░  1200/4000  31 s left`. `nowMs` is the clock. */
export function createProgress(output: Output, nowMs: () => number): Progress {
  let shown = false;
  let lastMs = -Infinity;
  let current = { what: '', startMs: 0, startDone: 0 };
  const clear = () => {
    if (shown) output.write(CLEAR_LINE);
    shown = false;
  };
  return {
    note(line) {
      clear();
      output.write(`${line}\n`);
    },
    status(what, done, total) {
      if (what !== current.what) current = { what, startMs: nowMs(), startDone: done };
      const dueMs = output.isTTY ? BAR_EVERY_MS : PLAIN_LINE_EVERY_MS;
      if (nowMs() - lastMs < dueMs && done < total) return;
      if (!output.isTTY && done === total && lastMs === -Infinity) return; // done too soon to be worth a line
      lastMs = nowMs();
      const line = formatStatus(what, done, total, (nowMs() - current.startMs) / 1000 / Math.max(1, done - current.startDone));
      output.write(output.isTTY ? `${CLEAR_LINE}${line.slice(0, (output.columns ?? 80) - 1)}` : `${line}\n`);
      shown = Boolean(output.isTTY);
    },
    finish: clear,
  };
}

function formatStatus(what: string, done: number, total: number, secondsEach: number): string {
  const filled = total === 0 ? 0 : Math.round((BAR_WIDTH * done) / total);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const left = Math.round(secondsEach * (total - done));
  return `${what}  ${bar}  ${done}/${total}${done < total ? `  ${left} s left` : ''}`;
}
