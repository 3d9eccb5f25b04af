import { defineConfig } from 'vite';
import { examples } from './scripts/examples.js';
import { fontLicence } from './scripts/font-licence.js';
import { serviceWorker } from './scripts/service-worker-plugin.js';

export default defineConfig({
  base: './', // the folder can be served from any path
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: { target: 'es2022', outDir: 'dist/page', emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  plugins: [examples(), fontLicence(), serviceWorker()],
});
