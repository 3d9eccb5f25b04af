import { otherModality, wayName, type DataFacts, type Modality, type Way } from '@cmcgan/model';

/** What a model's input or output of a modality is called and holds, for those who read the exported file. */
export const SAMPLES: Readonly<Record<Modality, { name: string; doc: string }>> = {
  V: { name: 'image', doc: 'pictures [batch, 128, 128, 3]: height, width, RGB; in [-1, 1]: pixel / 127.5 - 1' },
  A: {
    name: 'sound',
    doc: 'log-mel spectra [batch, 128, 32, 1]: mels from the lowest, frames; in [-1, 1]: decibelRange.floorDb to ceilingDb',
  },
};

/** What z is called and holds. */
export const LATENT = { name: 'z', doc: 'latents [batch, 1, 1, latentSize], drawn from N(0, 1)' } as const;

/** What a file says about itself; every value but `path` is JSON. */
export type Metadata = Readonly<Record<string, string>>;

const json = (values: Readonly<Record<string, unknown>>): Metadata =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, JSON.stringify(value)]),
  );

/** The way and the configuration of a generator, and what is known of its data. */
export function describeWay({ architecture, config }: { architecture: string; config: DataFacts }, way: Way): Metadata {
  const { decibelRange, sampleRateHz, classNames } = config;
  return { path: wayName(way), ...json({ decibelRange, sampleRateHz, classNames, config: { architecture, ...config } }) };
}

/** A way's direction in words: 'image to sound'. */
export function directionOf({ from }: Way): string {
  return `${SAMPLES[from].name} to ${SAMPLES[otherModality(from)].name}`;
}

/** Classes and configuration of a classifier, and the decibel range of the sounds that it was trained on. */
export function describeClassifier(config: { classNames: readonly string[] }, decibelRange: DataFacts['decibelRange']): Metadata {
  return json({ classNames: config.classNames, decibelRange, config });
}
