import { expect, it } from 'vitest';
import { keepAlive } from './keep-alive';

it('keeps a timer running until a moment after the task, whether it succeeds or fails', async () => {
  const { setInterval, clearInterval } = globalThis;
  const running = new Set<unknown>();
  globalThis.setInterval = ((...args: Parameters<typeof setInterval>) => {
    const timer = setInterval(...args);
    running.add(timer);
    return timer;
  }) as typeof setInterval;
  globalThis.clearInterval = (timer) => {
    running.delete(timer);
    clearInterval(timer);
  };
  try {
    expect(await keepAlive(() => Promise.resolve(7))).toBe(7);
    const failing = keepAlive(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(running.size).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(running.size).toBe(0);
  } finally {
    Object.assign(globalThis, { setInterval, clearInterval });
  }
});
