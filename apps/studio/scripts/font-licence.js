import { readFile } from 'node:fs/promises';

const LICENCE = new URL('../node_modules/@fontsource/instrument-serif/LICENSE', import.meta.url);

/** A plugin of Vite that puts the licence of the page's font beside it, as the licence demands. */
export const fontLicence = () => ({
  name: 'cmcgan-font-licence',
  apply: 'build',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'assets/instrument-serif-licence.txt', source: await readFile(LICENCE, 'utf8') });
  },
});
