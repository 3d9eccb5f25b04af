/** What training needs to know of a pair; those of @cmcgan/sub-urmp have it. */
export interface LabelledPair {
  readonly id: string;
  readonly classId: number;
  readonly instrument: string;
  /** The recording's number within its class; null: unknown. */
  readonly song: number | null;
}

/** Where pairs come from; a `Dataset` of @cmcgan/sub-urmp is one. */
export interface LabelledData<P extends LabelledPair = LabelledPair> {
  readonly classNames: readonly string[];
  /** Names the data exactly. */
  readonly manifestHash: string;
  /** The dB that a sound's -1 and 1 stand for. */
  readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
  /** Image [128, 128, 3] and sound [128, 32], in [-1, 1]; fresh arrays. */
  load(pair: P): Promise<{ image: Float32Array; sound: Float32Array }>;
}
