import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** One line of log.jsonl, as it stands there: losses by network, step time, memory. */
export interface LogLine {
  readonly step: number;
  readonly [key: string]: unknown;
}

function parseLine(text: string): LogLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    const isStep = typeof line === 'object' && line !== null && 'step' in line && typeof line.step === 'number';
    return isStep ? (line as LogLine) : undefined;
  } catch {
    return undefined; // the last line of a run that is being written, or was killed
  }
}

/**
 * Steps of a log, in order. A step that was taken again after a resume counts as it was taken last, and what is behind it in a session
 * before is void; half a line is passed over; no file is no steps.
 */
export async function readLog(path: string): Promise<LogLine[]> {
  if (!existsSync(path)) return [];
  const lines: LogLine[] = [];
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const line = parseLine(text);
    if (!line) continue;
    if ('judge' in line) {
      const judged = lines[lines.length - 1]; // a score follows the step that it is about, and is told with it
      if (judged?.step === line.step) lines[lines.length - 1] = { ...judged, judge: line.judge };
      continue;
    }
    while (lines.length > 0 && lines[lines.length - 1].step >= line.step) lines.pop();
    lines.push(line);
  }
  return lines;
}
