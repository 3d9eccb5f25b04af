import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Only packages/backends names a backend, which the programs share (CONTRIBUTING, "Where things live"). */
const BACKENDS = [
  '@tensorflow/tfjs-backend-*',
  '@tensorflow/tfjs-node*',
  '@cmcgan/tfjs-kernels/wasm',
  '@cmcgan/tfjs-kernels/webgpu',
];

/** Globals of an environment. */
const readonly = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default tseslint.config(
  { ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', '**/assembly/**', 'runs/**', '.cache/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    ignores: ['**/*.config.ts', '*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
        { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
      ],
    },
  },
  {
    files: ['{packages,apps}/*/src/**/*.{ts,tsx}', 'bench/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'packages/{backends,cmcgan,tfjs-kernels}/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: BACKENDS, message: 'Only packages/backends, cmcgan and the examples name a backend.' }] },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        ...readonly('Blob', 'Buffer', 'console', 'fetch', 'File', 'FormData', 'performance', 'process', 'Response', 'URL'),
        module: 'writable',
      },
    },
  },
  {
    files: ['apps/studio/src/**/*.js'],
    languageOptions: {
      globals: {
        ...readonly('self', 'caches', 'Headers', 'Request'), // a service worker's
        ...readonly('AudioWorkletProcessor', 'registerProcessor'),
        ...readonly('__FILES__', '__VERSION__'), // filled in by the build
      },
    },
  },
  {
    files: ['examples/vite/*.js', 'examples/next/app/*.js'],
    languageOptions: {
      globals: readonly('document', 'ImageData', 'self', 'Worker'),
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  },
);
