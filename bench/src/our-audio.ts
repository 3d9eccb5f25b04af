import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decibelsToPower, logMelSpectrum, melToWaveform, readWav, toMono } from '@cmcgan/audio-features';
import { serveLaps } from './serve-laps';

/** Our contestant: `--task lms` or `inversion` on the WAV files of the folder `--clips`, one after another, one thread. */
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
  const run = task === 'lms' ? (index: number) => lmsOf(paths[index]!) : invert;
  let turn = 0;
  const work = () => run(turn++ % paths.length);
  await serveLaps(`Node ${process.versions.node.split('.')[0]}`, work, { repetitions: Number(repetitions) });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
