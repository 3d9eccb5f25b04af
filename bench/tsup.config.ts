import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/main.ts', 'src/gpu.ts', 'src/our-*.ts'],
  format: ['esm'],
  target: 'es2022',
  clean: true,
});
