import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { main: 'src/main.ts', 'our-step': 'src/our-step.ts', 'our-layers': 'src/our-layers.ts' },
  format: ['esm'],
  target: 'es2022',
  clean: true,
});
