const MEMORY_SECTION = 5;
const HEADER_BYTES = 8;
const HAS_MAXIMUM = 1;
const SHARED = 2;

/**
 * A copy of a WebAssembly binary whose memory is shared between threads: sets the flag in its memory section. The memory must declare a
 * maximum, as every shared memory has to.
 */
export function shareMemory(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(binary);
  const flags = memoryFlagsOffset(copy);
  if (!(copy[flags] & HAS_MAXIMUM)) throw new Error('shareMemory: binary must declare a maximum for its memory, got none');
  copy[flags] |= SHARED;
  return copy;
}

function memoryFlagsOffset(binary: Uint8Array): number {
  let offset = HEADER_BYTES;
  while (offset < binary.length) {
    const id = binary[offset];
    const size = readUnsigned(binary, offset + 1);
    // The section holds the number of memories (always 1), then the flags.
    if (id === MEMORY_SECTION) return readUnsigned(binary, size.end).end;
    offset = size.end + size.value;
  }
  throw new Error('shareMemory: binary must define a memory, got none');
}

/** An unsigned LEB128 number and the offset after it. */
function readUnsigned(binary: Uint8Array, offset: number): { value: number; end: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7, offset++) {
    value |= (binary[offset] & 127) << shift;
    if (!(binary[offset] & 128)) return { value: value >>> 0, end: offset + 1 };
  }
}
