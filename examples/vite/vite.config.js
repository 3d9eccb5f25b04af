import { defineConfig } from 'vite';

// Threads share memory, which browsers give to pages alone that are served with these two headers: whatever serves dist/ must send them too.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  appType: 'mpa', // a file that is not there, such as a model, is a 404, not index.html
  server: { headers },
  preview: { headers },
  optimizeDeps: { entries: ['index.html', 'worker.js'] }, // else the page is loaded again when the worker is first seen
  worker: { format: 'es' },
  build: { target: 'esnext' },
});
