import { defineConfig } from 'vite';

// Threads share memory, which browsers allow only in pages served with these two headers: your production server must send them too.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  appType: 'mpa', // a missing file, such as a model, gives a 404 instead of index.html
  server: { headers },
  preview: { headers },
  optimizeDeps: { entries: ['index.html', 'worker.js'] }, // otherwise the page reloads when Vite first sees the worker
  worker: { format: 'es' },
  build: { target: 'esnext' },
});
