import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  chroma,
  decibelsToPower,
  logMelSpectrum,
  melToWaveform,
  mfcc,
  onsetStrength,
  pyin,
  readWav,
  rms,
  spectralBandwidth,
  spectralCentroid,
  spectralContrast,
  spectralFlatness,
  spectralRolloff,
  tempo,
  toMono,
  zeroCrossingRate,
} from '@cmcgan/audio-features';
import { serveLaps } from './serve-laps';

const RATE = { sampleRateHz: 44100 };

/** Features of samples that have already been read, by task. */
const FEATURES: Record<string, (samples: Float32Array) => unknown> = {
  mfcc: (samples) => mfcc(samples, RATE),
  rms: (samples) => rms(samples),
  zeroCrossingRate: (samples) => zeroCrossingRate(samples),
  spectralCentroid: (samples) => spectralCentroid(samples, RATE),
  spectralBandwidth: (samples) => spectralBandwidth(samples, RATE),
  spectralRolloff: (samples) => spectralRolloff(samples, RATE),
  spectralFlatness: (samples) => spectralFlatness(samples, RATE),
  spectralContrast: (samples) => spectralContrast(samples, RATE),
  chroma: (samples) => chroma(samples, RATE),
  onsetStrength: (samples) => onsetStrength(samples, RATE),
  tempo: (samples) => tempo(onsetStrength(samples, RATE), RATE),
  pyin: (samples) => pyin(samples, { ...RATE, lowestHz: 65.4, highestHz: 2093 }),
};

/** Our contestant: `--task lms`, `inversion` or a feature, on the WAV files of the folder `--clips` in turn, on one thread. */
async function main() {
  const options = { task: { type: 'string' }, clips: { type: 'string' }, repetitions: { type: 'string' } } as const;
  const { task, clips, repetitions } = parseArgs({ options }).values;
  const paths = readdirSync(clips!).filter((name) => name.endsWith('.wav')).map((name) => join(clips!, name)); // prettier-ignore
  const lmsOf = (path: string) => {
    const { samples, sampleRateHz } = readWav(readFileSync(path));
    return logMelSpectrum(toMono(samples), { sampleRateHz });
  };
  const spectra = paths.map(lmsOf); // [128, 44] each
  const invert = (index: number) => {
    const { data, ...shape } = spectra[index]!;
    return melToWaveform({ data: decibelsToPower(data.slice()), ...shape }, { sampleRateHz: 44100, length: 22050 });
  };
  const clipSamples = paths.map((path) => toMono(readWav(readFileSync(path)).samples));
  const feature = FEATURES[task!];
  const measure = (index: number) => (feature ? feature(clipSamples[index]!) : invert(index));
  const run = task === 'lms' ? (index: number) => lmsOf(paths[index]!) : measure;
  let turn = 0;
  const work = () => run(turn++ % paths.length);
  await serveLaps(`Node ${process.versions.node.split('.')[0]}`, work, { repetitions: Number(repetitions) });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
