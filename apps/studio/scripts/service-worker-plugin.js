import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const SOURCE = new URL('../src/service-worker.js', import.meta.url);

/** A plugin of Vite that adds `service-worker.js`, which knows the names of all files of the page and their hash. */
export const serviceWorker = () => ({
  name: 'cmcgan-service-worker',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    async handler(_, bundle) {
      const hash = createHash('sha256');
      for (const name of Object.keys(bundle).sort()) {
        const { code, source } = bundle[name];
        hash.update(name).update(code ?? source);
      }
      const files = ['./', ...Object.keys(bundle).filter((name) => name !== 'index.html' && !name.endsWith('.map'))];
      const text = (await readFile(SOURCE, 'utf8'))
        .replace('__FILES__', JSON.stringify(files))
        .replace('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 16)));
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: text });
    },
  },
});
