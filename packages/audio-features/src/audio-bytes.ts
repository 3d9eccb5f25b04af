/** Bytes in memory: a `Uint8Array` or Node `Buffer`, any other view, an `ArrayBuffer` or `SharedArrayBuffer`. */
export type AudioBytes = ArrayBufferView | ArrayBufferLike;

/** What a `Blob`, a `File` and a `Response` have in common. */
export interface ReadableFile {
  arrayBuffer(): Promise<ArrayBufferLike>;
}

/** The part of a web stream of bytes that is used. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: AudioBytes | undefined }>;
    cancel(): Promise<void>;
  };
}

/** A whole file: bytes in memory, or a `Blob`, `File` or `Response` that holds them. */
export type AudioFile = AudioBytes | ReadableFile;

/** The bytes, without a copy, except of shared memory, which may change meanwhile. Errors are named after `where`. */
export function bytesOf(source: AudioBytes, where: string): Uint8Array {
  const bytes = viewOf(source);
  const remedy = isReadable(source) ? ' (decodeAudio takes one)' : '';
  if (!bytes) {
    throw new RangeError(`${where}: bytes must be a Uint8Array or ArrayBuffer, got ${describeSource(source)}${remedy}`);
  }
  return isShared(bytes.buffer) ? new Uint8Array(bytes) : bytes;
}

/** As `bytesOf`, but also for sources that have to be read first; a Response must have a success status. */
export async function readBytes(source: AudioFile, where: string): Promise<Uint8Array> {
  if (viewOf(source)) return bytesOf(source as AudioBytes, where);
  if (!isReadable(source)) {
    const found = describeSource(source);
    throw new RangeError(`${where}: bytes must be a Uint8Array, ArrayBuffer, Blob or Response, got ${found}`);
  }
  const { ok, status } = source as ReadableFile & Partial<Response>;
  if (ok === false) throw new RangeError(`${where}: the response must be a success, got status ${status}`);
  return new Uint8Array(await source.arrayBuffer());
}

/** The chunks of a stream as they arrive, or of anything that `readBytes` accepts. */
export async function* readPieces(
  source: AsyncIterable<AudioBytes> | ByteStream | AudioFile,
  where: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { ok, body } = (source ?? {}) as Partial<Response>;
  const stream = ok === true && isStream(body) ? body : source;
  if (isIterable(stream)) {
    for await (const piece of stream) yield bytesOf(piece, where);
  } else if (isStream(stream)) {
    const reader = stream.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield bytesOf(next.value!, where);
    } finally {
      await reader.cancel();
    }
  } else yield await readBytes(stream, where);
}

/** What errors call a file without a given name: the name of a `File`, else `the file`. */
export function nameOf(source: unknown): string {
  const name = typeof source === 'object' && source !== null && 'name' in source ? source.name : '';
  return typeof name === 'string' && name !== '' ? name : 'the file';
}

/** A plain Uint8Array: a Buffer's `slice` would share memory with it. */
function viewOf(source: unknown): Uint8Array | undefined {
  if (source instanceof Uint8Array && source.constructor === Uint8Array) return source;
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const kind = Object.prototype.toString.call(source); // buffers of another realm, too
  const isBuffer = kind === '[object ArrayBuffer]' || kind === '[object SharedArrayBuffer]';
  return isBuffer ? new Uint8Array(source as ArrayBufferLike) : undefined;
}

const isShared = (buffer: ArrayBufferLike) => Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';

const has = <K extends PropertyKey>(source: unknown, method: K): source is Record<K, unknown> =>
  typeof source === 'object' && source !== null && typeof (source as Record<K, unknown>)[method] === 'function';

const isReadable = (source: unknown): source is ReadableFile => has(source, 'arrayBuffer');

const isIterable = (source: unknown): source is AsyncIterable<AudioBytes> => has(source, Symbol.asyncIterator);

const isStream = (source: unknown): source is ByteStream => has(source, 'getReader');

function describeSource(source: unknown): string {
  if (typeof source !== 'object' || source === null) return typeof source === 'string' ? `the text "${source}"` : String(source);
  return source.constructor?.name ?? 'an object';
}
