/** The complete state of a generator, as plain JSON: restoring it continues exactly the same sequence. */
export interface RandomState {
  /** The four words that the generator started from, from which `fork` derives new generators. */
  readonly origin: readonly number[];
  /** The four words of the current state. */
  readonly words: readonly number[];
}

/** A seeded source of random numbers. */
export interface Random {
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A draw from N(0, 1) (Box-Muller). */
  normal(): number;
  /** An unbiased integer in [0, n), n from 1 to 2^32. */
  integer(n: number): number;
  /** Shuffles the array in place (Fisher-Yates) and returns it. */
  shuffle<T>(array: T[]): T[];
  /** An independent generator, determined by this one's seed and the label alone: previous draws and other forks do not matter. */
  fork(label: string | number): Random;
  getState(): RandomState;
  setState(state: RandomState): void;
}

/**
 * Creates a seeded generator: xoshiro128** (Blackman & Vigna, https://prng.di.unimi.it) on 32-bit words, its state initialised by
 * SplitMix64 as its authors recommend. The same seed gives the same numbers on every platform; not for cryptography.
 * @param seed a non-negative safe integer
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`createRandom: seed must be a non-negative safe integer, got ${seed}`);
  }
  return fromOrigin(seedWords(BigInt(seed)));
}

/** Continues a sequence from a state that `getState` returned. */
export function restoreRandom(state: RandomState): Random {
  const random = createRandom(0);
  random.setState(state);
  return random;
}

function fromOrigin(start: readonly number[]): Random {
  let origin = [...start];
  let words = Uint32Array.from(start);

  const next = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(words[1], 5), 7), 9) >>> 0;
    const shifted = words[1] << 9;
    words[2] ^= words[0];
    words[3] ^= words[1];
    words[1] ^= words[2];
    words[0] ^= words[3];
    words[2] ^= shifted;
    words[3] = rotateLeft(words[3], 11);
    return result;
  };
  const uniform = () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000;

  const integer = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > 0x100000000) {
      throw new RangeError(`Random.integer: n must be an integer from 1 to 2^32, got ${n}`);
    }
    const limit = 0x100000000 - (0x100000000 % n); // draws above are discarded, so that every result is equally likely
    let draw = next();
    while (draw >= limit) draw = next();
    return draw % n;
  };

  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle(array) {
      for (let i = array.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [array[i], array[j]] = [array[j], array[i]];
      }
      return array;
    },
    fork: (label) => fromOrigin(seedWords(hashOrigin(origin, String(label)))),
    getState: () => ({ origin: [...origin], words: [...words] }),
    setState(state) {
      assertWords('origin', state?.origin);
      assertWords('words', state?.words);
      origin = [...state.origin];
      words = Uint32Array.from(state.words);
    },
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Two SplitMix64 outputs as four 32-bit words, low half first. */
function seedWords(seed: bigint): number[] {
  const words: number[] = [];
  let state = BigInt.asUintN(64, seed);
  for (let i = 0; i < 2; i++) {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    z ^= z >> 31n;
    words.push(Number(z & 0xffffffffn), Number(z >> 32n));
  }
  return words;
}

/** 64-bit FNV-1a over the four words and the label's UTF-8 bytes. */
function hashOrigin(origin: readonly number[], label: string): bigint {
  const bytes = [...new Uint8Array(Uint32Array.from(origin).buffer), ...new TextEncoder().encode(label)];
  return bytes.reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n);
}

function assertWords(name: string, words: readonly number[] | undefined): void {
  const valid =
    Array.isArray(words) && words.length === 4 && words.every((w) => Number.isInteger(w) && w >= 0 && w <= 0xffffffff);
  if (!valid || words.every((word) => word === 0)) {
    throw new RangeError(`Random.setState: ${name} must be four 32-bit words, not all zero, got ${JSON.stringify(words)}`);
  }
}
