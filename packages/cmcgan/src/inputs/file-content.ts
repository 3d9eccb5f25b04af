/** A whole file: its bytes, or a `Blob`, `File` or `Response` that holds them. */
export type FileContent = ArrayBufferLike | ArrayBufferView | Blob | Response;

/** The bytes of a file. @throws an error that calls it `name` if it is something else, or a response without success */
export async function bytesOf(content: FileContent, name: string): Promise<Uint8Array> {
  if (ArrayBuffer.isView(content)) return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  if (/^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(content)))
    return new Uint8Array(content as ArrayBuffer);
  const { arrayBuffer, ok, status } = (content ?? {}) as Partial<Response>;
  if (typeof arrayBuffer !== 'function') throw new Error(`${name} must be bytes, a Blob or a Response, got ${describe(content)}`);
  if (ok === false) throw new Error(`${name} must be a successful response, got status ${status}`);
  return new Uint8Array(await (content as Response).arrayBuffer());
}

/** A value in a few words, for an error. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`;
  if (typeof value !== 'object' || value === null) return String(value);
  return value.constructor?.name === 'Object'
    ? `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`
    : `a value of type ${value.constructor?.name}`;
}
