/**
 * Features in memory, up to a number of bytes. Nothing is evicted; features that do not fit are not kept. Since every epoch visits
 * everything once in a different order, keeping what came first hits as often as any policy can, while least-recently-used may never hit.
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
