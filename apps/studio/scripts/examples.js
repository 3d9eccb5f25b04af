import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logMelSpectrum, readWav, toMono } from '@cmcgan/audio-features';
import { encodePng, lmsToPixels } from '@cmcgan/image-io';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';

const names = JSON.parse(await readFile(new URL('../src/examples.json', import.meta.url), 'utf8'));

/** A seed that no training of ours uses: the players and their melodies are new to every model. */
const SEED = 20_271;
/** The spectra's colours span so many dB. */
const SPAN_DB = 80;

/**
 * A plugin of Vite that adds pairs of simulated musicians to the page: for each instrument in examples.json `examples/{instrument}.jpg`, `.wav`, and
 * `.png`, the sound's spectrum.
 */
export const examples = () => ({
  name: 'cmcgan-examples',
  apply: 'build',
  async generateBundle() {
    const folder = await mkdtemp(join(tmpdir(), 'cmcgan-examples-'));
    try {
      await simulateDataset(folder, { seed: SEED, pairsPerClass: 1, validationPairsPerClass: 1, imageSize: 256 });
      for (const name of [...names.pictures, ...names.sounds]) {
        const [picture, sound] = [
          await onlyFile(join(folder, 'img', 'validation', name)),
          await onlyFile(join(folder, 'chunk', 'validation', name)),
        ];
        for (const [extension, source] of Object.entries({ jpg: picture, wav: sound, png: await spectrumOf(sound) })) {
          this.emitFile({ type: 'asset', fileName: `examples/${name}.${extension}`, source });
        }
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});

async function onlyFile(folder) {
  const [file] = await readdir(folder);
  return readFile(join(folder, file));
}

/** The log-mel spectrum of a WAV file, as a PNG. */
async function spectrumOf(wav) {
  const { samples, sampleRateHz } = readWav(wav);
  const { data, melCount, frameCount } = logMelSpectrum(toMono(samples), { sampleRateHz });
  const high = data.reduce((most, value) => Math.max(most, value));
  return encodePng(lmsToPixels(data, { melCount, frameCount, low: high - SPAN_DB, high, scale: { frames: 3, mels: 1 } }));
}
