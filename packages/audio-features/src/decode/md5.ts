/** MD5 (RFC 1321) of bytes that arrive in pieces. */
export interface Md5 {
  update(bytes: Uint8Array): void;
  /** The digest, 16 bytes. Call it last. */
  digest(): Uint8Array;
}

const BLOCK_BYTES = 64;
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
/** Which word of the block each of the 64 steps uses. */
const WORDS = Uint8Array.from({ length: 64 }, (_, i) => [i, 5 * i + 1, 3 * i + 5, 7 * i][i >> 4]! % 16);
const TURNS = Uint8Array.from({ length: 64 }, (_, i) => SHIFTS[(i >> 4) * 4 + (i % 4)]!);

export function createMd5(): Md5 {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const held = new Uint8Array(BLOCK_BYTES);
  const words = new Int32Array(BLOCK_BYTES / 4);
  let length = 0;

  function block(bytes: Uint8Array, at: number): void {
    for (let i = 0; i < words.length; i++) {
      const k = at + 4 * i;
      words[i] = bytes[k]! | (bytes[k + 1]! << 8) | (bytes[k + 2]! << 16) | (bytes[k + 3]! << 24);
    }
    mix(state, words);
  }

  function update(bytes: Uint8Array): void {
    let at = 0;
    const begun = length % BLOCK_BYTES;
    length += bytes.length;
    if (begun > 0) {
      at = Math.min(BLOCK_BYTES - begun, bytes.length);
      held.set(bytes.subarray(0, at), begun);
      if (begun + at < BLOCK_BYTES) return;
      block(held, 0);
    }
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) block(bytes, at);
    held.set(bytes.subarray(at));
  }

  return {
    update,
    digest() {
      const bits = BigInt(length) * 8n;
      update(Uint8Array.of(0x80));
      update(new Uint8Array((BLOCK_BYTES + 56 - (length % BLOCK_BYTES)) % BLOCK_BYTES));
      const tail = new Uint8Array(8);
      new DataView(tail.buffer).setBigUint64(0, bits, true);
      update(tail);
      const digest = new DataView(new ArrayBuffer(16));
      state.forEach((word, i) => digest.setInt32(4 * i, word, true));
      return new Uint8Array(digest.buffer);
    },
  };
}

/** Mixes a block [16 words] into the state [4 words]. */
function mix(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const mixed = i < 16 ? (b & c) | (~b & d) : i < 32 ? (d & b) | (~d & c) : i < 48 ? b ^ c ^ d : c ^ (b | ~d);
    const sum = (a + mixed + SINES[i]! + words[WORDS[i]!]!) | 0;
    const turn = TURNS[i]!;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
}
