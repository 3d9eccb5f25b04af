import type { Random } from '@cmcgan/random';

/** A file to corrupt. */
export interface MutationSeed {
  name: string;
  bytes: Uint8Array;
  /** Byte offsets of size fields, which are overwritten with false values. Default: any offset. */
  sizeFields?: readonly number[];
}

/** Corrupts a file in one way. */
export type Mutation = (seed: MutationSeed, random: Random, others: readonly MutationSeed[]) => Uint8Array;

const LIES = [0xffffffff, 0x7fffffff, 0xfffffff0, 0x80000000, 0];

/** Ways to corrupt a file, one per row. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'bytes flipped'({ bytes }, random) {
    const changed = bytes.slice();
    for (let n = 1 + random.integer(20); n > 0; n--) changed[random.integer(bytes.length)] ^= 1 + random.integer(255);
    return changed;
  },
  'header flipped'({ bytes }, random) {
    const changed = bytes.slice();
    for (let n = 1 + random.integer(4); n > 0; n--) changed[random.integer(Math.min(64, bytes.length))] = random.integer(256);
    return changed;
  },
  truncated: ({ bytes }, random) => bytes.slice(0, random.integer(bytes.length)),
  'swapped extensions': (_, random, others) => others[random.integer(others.length)].bytes,
  empty: () => new Uint8Array(),
  'a header that lies'({ bytes, sizeFields }, random) {
    const changed = bytes.slice();
    const at = sizeFields ? sizeFields[random.integer(sizeFields.length)] : random.integer(bytes.length - 4);
    new DataView(changed.buffer).setUint32(at, LIES[random.integer(LIES.length)]);
    return changed;
  },
  'a middle missing'({ bytes }, random) {
    const from = random.integer(bytes.length);
    const to = from + random.integer(bytes.length - from);
    return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)]);
  },
  'rubbish after it': ({ bytes }, random) =>
    Uint8Array.from([...bytes, ...Array.from({ length: random.integer(3000) }, () => random.integer(256))]),
  'all rubbish': (_, random) => Uint8Array.from({ length: random.integer(5000) }, () => random.integer(256)),
};

/** The number of cases to try: CMCGAN_MUTATIONS (2000 for the long version), else `few`. */
export function mutationCases(few: number): number {
  const wanted = Number(process.env.CMCGAN_MUTATIONS ?? few);
  if (!Number.isInteger(wanted) || wanted < 1) throw new RangeError(`CMCGAN_MUTATIONS must be a positive integer, got ${wanted}`);
  return wanted;
}
