import type { Reply, StudioCalls } from '../protocol';

/** Calls the worker's functions. */
export interface StudioClient {
  call<Name extends keyof StudioCalls>(name: Name, argument: StudioCalls[Name][0]): Promise<StudioCalls[Name][1]>;
}

/** Starts the worker that computes. */
export function createStudioClient(): StudioClient {
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  let broken: Error | undefined;
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) call?.reject(new Error(data.error));
    else call?.resolve(data.value);
  });
  worker.addEventListener('error', ({ message }) => {
    broken = new Error(`the part of the page that computes did not start${message ? `: ${message}` : ''}; reload the page`);
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  });
  return {
    call: (name, argument) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        waiting.set(++last, { resolve: resolve as (value: unknown) => void, reject });
        worker.postMessage({ id: last, name, argument });
      }),
  };
}
