/** What training needs to know about a pair, such as a `Pair` of @cmcgan/sub-urmp. */
export interface LabelledPair {
  readonly id: string;
  readonly classId: number;
  readonly instrument: string;
  /** The recording's number within its class; null: unknown. */
  readonly song: number | null;
}

/** A source of pairs, such as a `Dataset` of @cmcgan/sub-urmp. */
export interface LabelledData<P extends LabelledPair = LabelledPair> {
  readonly classNames: readonly string[];
  /** Identifies the data exactly. */
  readonly manifestHash: string;
  /** The dB values that -1 and 1 stand for in a sound. */
  readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
  /** Loads image [128, 128, 3] and sound [128, 32], in [-1, 1], as new arrays. */
  load(pair: P): Promise<{ image: Float32Array; sound: Float32Array }>;
}
