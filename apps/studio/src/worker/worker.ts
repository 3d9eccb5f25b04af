// Computes outside the page, which stays responsive. Calls run one after another.
import type { Reply, Request } from '../protocol';
import { createHandlers } from './handlers';

interface Scope {
  postMessage(message: Reply, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void;
}
const scope = self as unknown as Scope;

const handlers = createHandlers();
let earlier: Promise<unknown> = Promise.resolve();

scope.addEventListener('message', ({ data: { id, name, argument } }) => {
  earlier = earlier.then(async () => {
    try {
      const value = await (handlers[name] as (argument: unknown) => Promise<unknown>)(argument);
      scope.postMessage({ id, value }, buffersOf(value));
    } catch (error) {
      scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, []);
    }
  });
});

/** The memory of the arrays in a value, which moves to the page instead of being copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(buffersOf))];
}
