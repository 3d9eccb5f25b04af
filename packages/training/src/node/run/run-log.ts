import { createReadStream, existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { StepLosses } from '../../step/step-losses';
import { withPath } from '../files/with-path';
import { writeAtomically } from '../files/write-atomically';
import type { RankTimes } from '../train/training-observer';
import type { JudgedScore } from './judging-file';

/** A training step, as one line of log.jsonl. */
export interface StepRecord {
  /** Counted from 1 over the whole run. */
  readonly step: number;
  /** Counted from 1. */
  readonly epoch: number;
  readonly losses: StepLosses;
  readonly stepMs: number;
  readonly pairsPerSecond: number;
  /** Resident memory of the process. */
  readonly residentBytes: number;
  /** Of several ranks: how they have shared the step's time. */
  readonly ranks?: RankTimes;
}

/** An open log.jsonl, to which JSON objects are appended, one per line. */
export interface RunLog {
  /** Writes the line of a step: {"step":1,"epoch":1,"discriminator":{"total":…},"generator":{…},"stepMs":430,…}. */
  write(record: StepRecord): Promise<void>;
  /** Writes a score as a separate line: {"step":50,"epoch":2,"judge":{"score":…,"soundToImage":…,"imageToSound":…,"n":65,"best":true,"ms":1300}}. */
  writeScore(score: JudgedScore & { best: boolean; ms: number }): Promise<void>;
  /** Flushes the file to disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the log at `path`, to start a new one or to append to it. */
export async function openRunLog(path: string, { append }: { append: boolean }): Promise<RunLog> {
  const file = await open(path, append ? 'a' : 'w');
  const writeLine = async (line: object) => {
    try {
      await file.appendFile(`${JSON.stringify(line)}\n`);
    } catch (error) {
      throw withPath(error, path);
    }
  };
  return {
    write({ losses, stepMs, pairsPerSecond, ranks, ...record }) {
      const times = ranks && Object.fromEntries(Object.entries(ranks).map(([name, value]) => [name, round(value)]));
      const rounded = { stepMs: round(stepMs), pairsPerSecond: round(pairsPerSecond) };
      return writeLine({ ...record, ...losses, ...rounded, ...(times && { ranks: times }) });
    },
    writeScore: ({ step, epoch, score, soundToImage, imageToSound, best, ms }) => {
      const accuracies = { soundToImage: soundToImage?.accuracy ?? null, imageToSound: imageToSound?.accuracy ?? null };
      return writeLine({
        step,
        epoch,
        judge: { score, ...accuracies, n: (soundToImage ?? imageToSound)?.n, best, ms: round(ms) },
      });
    },
    sync: () => file.sync(),
    close: () => file.close(),
  };
}

const round = (value: number) => Math.round(value * 100) / 100;

/** A step read from a log: losses by network, step time, memory, and under `judge` the score after the step, if any. */
export interface LogLine {
  readonly step: number;
  readonly [key: string]: unknown;
}

/** Parses a line with a step's number; undefined for an unfinished line, the last one of a run that is being written or was killed. */
function parseLine(text: string): LogLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<LogLine> | null;
    return typeof line?.step === 'number' ? (line as LogLine) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the steps of a log, in order. If a step was repeated after a resume, its last version counts, and the steps after its earlier
 * version are dropped. An unfinished line is skipped. If there is no file, there are no steps.
 */
export async function readRunLog(path: string): Promise<LogLine[]> {
  if (!existsSync(path)) return [];
  const lines: LogLine[] = [];
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const line = parseLine(text);
    if (!line) continue;
    if ('judge' in line) {
      const judged = lines[lines.length - 1]; // a score belongs to the step before it
      if (judged?.step === line.step) lines[lines.length - 1] = { ...judged, judge: line.judge };
      continue;
    }
    while (lines.length > 0 && lines[lines.length - 1].step >= line.step) lines.pop();
    lines.push(line);
  }
  return lines;
}

/**
 * Cuts the log at `path` to steps 1 … `step`, dropping later ones of a killed process, since a resumed run takes them again. Does nothing
 * if there is no log.
 */
export async function cutRunLog(path: string, step: number): Promise<void> {
  if (!existsSync(path)) return;
  const text = await readFile(path, 'utf8');
  const kept = text
    .split('\n')
    .filter((line) => (parseLine(line)?.step ?? Infinity) <= step)
    .map((line) => `${line}\n`)
    .join('');
  if (kept !== text) await writeAtomically(path, kept);
}
