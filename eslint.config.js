import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Only packages/backends names a backend, which the programs share (CONTRIBUTING, "Where things live"). */
const BACKENDS = [
  '@tensorflow/tfjs-backend-*',
  '@tensorflow/tfjs-node*',
  '@cmcgan/tfjs-kernels/wasm',
  '@cmcgan/tfjs-kernels/webgpu',
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', '**/.turbo/**', '**/assembly/**', 'runs/**', '.cache/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    ignores: ['**/*.config.ts', '*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      'import-x/no-cycle': 'error',
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
    files: ['{packages,apps}/*/src/**/*.ts', 'bench/src/**/*.ts'],
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
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        Buffer: 'readonly',
        module: 'writable',
      },
    },
  },
  {
    files: ['examples/{next,vite}/**'],
    languageOptions: { globals: { document: 'readonly', fetch: 'readonly', self: 'readonly', Worker: 'readonly' } },
  },
);
