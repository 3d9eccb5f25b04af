import { createHash } from 'node:crypto';
import { dispose, tensor, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { Communicator, MpiArray } from '../../communicator';
import { copyTensors } from '../../copy-tensors';
import type { Resumable } from '../../resumable';

/** An error that all ranks throw alike, so that one of them is enough to report it. */
export class SharedError extends Error {
  override readonly name: string = 'SharedError';

  /** @param exitCode that of rank 0's error, if it has one */
  constructor(
    message: string,
    readonly exitCode?: number,
  ) {
    super(message);
  }
}

/** Errors of rank 0 that it has told the others. */
const told = new WeakSet<object>();

/** Whether rank 0 has told the other ranks of this error, so that each of them throws a {@link SharedError}. */
export const isSharedWithOthers = (error: unknown): boolean => typeof error === 'object' && error !== null && told.has(error);

/** Sends bytes of any length from rank 0 to all others. */
async function broadcastBytes(communicator: Communicator, own: Uint8Array): Promise<Uint8Array> {
  const length = Int32Array.of(own.length);
  await communicator.broadcast(length);
  const bytes = communicator.rank === 0 ? own : new Uint8Array(length[0]);
  if (bytes.length > 0) await communicator.broadcast(bytes);
  return bytes;
}

/** Rank 0's JSON value, on every rank. */
async function broadcastJson<T>(communicator: Communicator, value: T | undefined): Promise<T> {
  const bytes = await broadcastBytes(communicator, new TextEncoder().encode(JSON.stringify(value ?? null)));
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}

/**
 * Lets rank 0 do something that only one process must do; resolves to its result on every rank, by way of JSON.
 *
 * @throws rank 0's error there, and on the others a {@link SharedError} with its message
 */
export async function onFirstRank<T>(communicator: Communicator, run: () => Promise<T>): Promise<T> {
  if (communicator.size === 1) return run();
  if (communicator.rank > 0) {
    const { value, error, exitCode } = await broadcastJson<{ value?: T; error?: string; exitCode?: number }>(
      communicator,
      undefined,
    );
    if (error !== undefined) throw new SharedError(error, exitCode);
    return value as T;
  }
  const value = await run().catch(async (error: unknown) => {
    const { message = String(error), exitCode } = error as { message?: string; exitCode?: number };
    await broadcastJson(communicator, { error: message, exitCode });
    if (error instanceof Error) told.add(error);
    throw error;
  });
  await broadcastJson(communicator, { value });
  return value;
}

/** Facts that all ranks must have in common, by the names that an error calls them. */
export type Facts = Readonly<Record<string, string>>;

/** "rank 2", "ranks 1 and 3". */
const ranksInWords = (ranks: readonly number[]) =>
  ranks.length === 1 ? `rank ${ranks[0]}` : `ranks ${ranks.slice(0, -1).join(', ')} and ${ranks.at(-1)}`;

/** What differs between ranks; undefined if nothing does. */
function describeDifference(all: readonly Facts[]): string | undefined {
  const [first] = all;
  for (const name of new Set(all.flatMap((facts) => Object.keys(facts)))) {
    const others = [...all.keys()].filter((rank) => all[rank][name] !== first[name]);
    if (others.length === 0) continue;
    const [a, b] = [first[name] ?? 'none', all[others[0]][name] ?? 'none'];
    return `all ranks must have the same ${name}, but rank 0 has ${a}, and ${ranksInWords(others)} ${others.length > 1 ? 'have' : 'has'} ${
      others.every((rank) => all[rank][name] === all[others[0]][name]) ? b : 'others'
    }`;
  }
  return undefined;
}

/**
 * Compares facts over all ranks.
 *
 * @throws SharedError on every rank if one has others than rank 0, with the name of the fact, the ranks, and what they have
 */
export async function assertAlike(communicator: Communicator, facts: Facts): Promise<void> {
  if (communicator.size === 1) return;
  const gathered = await communicator.gather(new TextEncoder().encode(JSON.stringify(facts)));
  const all = gathered?.map((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Facts);
  const difference = await broadcastJson(communicator, all && (describeDifference(all) ?? ''));
  if (difference) throw new SharedError(difference);
}

/** SHA-256 over the values of tensors, the same wherever they are the same to the bit. */
export async function hashTensors(tensors: Readonly<Record<string, Tensor>>): Promise<string> {
  const hash = createHash('sha256');
  for (const each of Object.values(tensors)) {
    const values = await each.data();
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}

/** All that a training's next step depends on, besides its batches. */
export interface SharedState {
  readonly model: { tensors(): Readonly<Record<string, Variable>> };
  readonly resumables: readonly Resumable[];
}

/** Gives every rank the weights and the state of rank 0. */
export async function broadcastState(communicator: Communicator, { model, resumables }: SharedState): Promise<void> {
  if (communicator.size === 1) return;
  const weights = await broadcastTensors(communicator, model.tensors());
  if (communicator.rank > 0) copyTensors(weights, model.tensors());
  dispose(weights);
  for (const resumable of resumables) {
    const own = resumable.state();
    const json = await broadcastJson(communicator, own.json);
    const tensors = await broadcastTensors(communicator, own.tensors ?? {});
    if (communicator.rank > 0) resumable.restore({ json, tensors });
    dispose([{ ...own.tensors }, tensors]);
  }
}

/** Rank 0's values of tensors that every rank has; the caller disposes of them. */
async function broadcastTensors(communicator: Communicator, own: Readonly<Record<string, Tensor>>) {
  const received: Record<string, Tensor> = {};
  for (const [name, each] of Object.entries(own)) {
    const values = (await each.data()).slice() as MpiArray;
    await communicator.broadcast(values);
    received[name] = tensor(values, each.shape, each.dtype);
  }
  return received;
}
