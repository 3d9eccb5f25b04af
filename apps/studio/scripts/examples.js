import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';

/** The instruments of the examples, one pair each. */
const INSTRUMENTS = ['violin', 'trumpet', 'flute', 'cello', 'sax', 'tuba'];
/** A seed that no training of ours uses: the players and their melodies are new to every model. */
const SEED = 20_271;

/** A plugin of Vite that adds pictures and sounds of simulated musicians to the page: `examples/{instrument}.{jpg,wav}`. */
export const examples = () => ({
  name: 'cmcgan-examples',
  apply: 'build',
  async generateBundle() {
    const folder = await mkdtemp(join(tmpdir(), 'cmcgan-examples-'));
    try {
      await simulateDataset(folder, { seed: SEED, pairsPerClass: 1, validationPairsPerClass: 1, imageSize: 256 });
      for (const instrument of INSTRUMENTS) {
        for (const [kind, extension] of Object.entries({ img: 'jpg', chunk: 'wav' })) {
          const place = join(folder, kind, 'validation', instrument);
          const [file] = (await readdir(place)).filter((name) => name.endsWith(extension));
          this.emitFile({
            type: 'asset',
            fileName: `examples/${instrument}.${extension}`,
            source: await readFile(join(place, file)),
          });
        }
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});
