/**
 * Features in memory up to a number of bytes. What does not fit is not kept and nothing is thrown out: when every epoch visits
 * everything once in another order, keeping what came first hits as often as any policy can, and least-recently-used hits never.
 */
export interface FeatureMemory {
  get(key: string): Uint8Array | undefined;
  put(key: string, feature: Uint8Array): void;
}

export function createFeatureMemory(maxBytes: number): FeatureMemory {
  const features = new Map<string, Uint8Array>();
  let bytes = 0;
  return {
    get: (key) => features.get(key),
    put(key, feature) {
      if (features.has(key) || bytes + feature.byteLength > maxBytes) return;
      features.set(key, feature);
      bytes += feature.byteLength;
    },
  };
}
