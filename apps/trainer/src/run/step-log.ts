import { open } from 'node:fs/promises';
import type { StepLosses } from '@cmcgan/training';
import { withPath } from '../files/with-path';
import type { JudgedScore } from '../judging/judged-score';

/** What one line of log.jsonl says about one training step. */
export interface StepRecord {
  /** Counted from 1 over the whole run. */
  readonly step: number;
  /** Counted from 1. */
  readonly epoch: number;
  readonly losses: StepLosses;
  readonly stepMs: number;
  readonly pairsPerSecond: number;
  /** Memory of the whole process. */
  readonly residentBytes: number;
}

/** An open log.jsonl: one JSON object a line, appended. */
export interface StepLog {
  write(record: StepRecord): Promise<void>;
  /** A line of its own for a score: {"step":50,"epoch":2,"judge":{"score":…,"soundToImage":…,"imageToSound":…,"n":65,"best":true,"ms":1300}}. */
  writeScore(score: JudgedScore & { best: boolean; ms: number }): Promise<void>;
  /** Through to the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the log at `path`, to begin it anew or to append to it. A line reads {"step":1,"epoch":1,"discriminator":{"total":…},…}. */
export async function openStepLog(path: string, { append }: { append: boolean }): Promise<StepLog> {
  const file = await open(path, append ? 'a' : 'w');
  const writeLine = async (line: object) => {
    try {
      await file.appendFile(`${JSON.stringify(line)}\n`);
    } catch (error) {
      throw withPath(error, path);
    }
  };
  return {
    write: ({ losses, stepMs, pairsPerSecond, ...record }) =>
      writeLine({ ...record, ...losses, stepMs: round(stepMs), pairsPerSecond: round(pairsPerSecond) }),
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
