import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Only the apps name a backend, and only in one folder of theirs (docs: "How the maths runs"). */
const BACKENDS = [
  '@tensorflow/tfjs-backend-*',
  '@tensorflow/tfjs-node*',
  '@cmcgan/tfjs-kernels/wasm',
  '@cmcgan/tfjs-kernels/webgpu',
];

/** Globals of an environment. */
const readonly = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

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
    files: ['packages/{model,losses,classifier,training}/src/**/*.ts', 'apps/*/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'apps/*/src/backends/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: BACKENDS, message: 'Only the backends folder of an app names a backend.' }] },
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
    files: ['examples/vite/*.js', 'examples/next/app/*.js'],
    languageOptions: {
      globals: readonly('document', 'ImageData', 'self', 'Worker'),
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  },
);
