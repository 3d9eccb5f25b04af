/** Which packages each package's sources may import (CONTRIBUTING, "Where things live"). A new package gets a row. */
const MAY_IMPORT = {
  random: [],
  options: [],
  mpi: [],
  'audio-features': ['random'],
  'image-io': [],
  'sub-urmp': ['audio-features', 'image-io', 'random', 'options'],
  'tfjs-kernels': [],
  'tfjs-native': [],
  losses: ['tfjs-kernels'],
  model: ['tfjs-kernels', 'random', 'options'],
  classifier: ['losses', 'model', 'tfjs-kernels', 'random'],
  training: ['losses', 'model', 'tfjs-kernels', 'sub-urmp', 'audio-features', 'image-io', 'random', 'options'],
  export: ['classifier', 'model'],
  evaluation: ['classifier', 'model', 'tfjs-kernels', 'sub-urmp', 'audio-features', 'image-io', 'random'],
  weights: [],
  cmcgan: ['weights', 'classifier', 'model', 'tfjs-kernels', 'audio-features', 'image-io', 'random', 'options', 'command-line'],
  'command-line': [],
  pages: ['evaluation', 'classifier', 'sub-urmp', 'audio-features', 'image-io'],
  backends: ['command-line', 'tfjs-kernels', 'tfjs-native'],
};

const TESTS = '[.]test[.]ts$|^(packages|apps)/[^/]+/(test|scripts)/|/test-support/';

const arrows = Object.entries(MAY_IMPORT).map(([name, others]) => ({
  name: `${name}-imports-only-what-it-may`,
  comment: `packages/${name} may import ${others.join(', ') || 'no other package'}`,
  severity: 'error',
  from: { path: `^packages/${name}/`, pathNot: TESTS },
  to: { path: '^(packages|apps|bench)/', pathNot: `^packages/(${[name, ...others].join('|')})/` },
}));

export default {
  forbidden: [
    {
      name: 'no-import-cycles',
      comment: 'types included: a contract that two files share lies in a third one',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'package-has-a-row',
      comment: 'a package needs a row in MAY_IMPORT (.dependency-cruiser.mjs)',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/(${Object.keys(MAY_IMPORT).join('|')})/` },
      to: {},
    },
    ...arrows,
    {
      name: 'reading-pairs-stands-alone',
      comment: 'the main entry of sub-urmp loads neither the simulator nor the preparation, and these do not load each other',
      severity: 'error',
      from: { path: '^packages/sub-urmp/src/([^/]+)', pathNot: TESTS },
      to: { path: '^packages/sub-urmp/src/(simulator|prepare)/', pathNot: '^packages/sub-urmp/src/$1' },
    },
    {
      name: 'apps-are-apart',
      comment: 'an app imports no other app, and nothing else imports an app: what two need is a package',
      severity: 'error',
      from: { path: '^([^/]+/[^/]+)/' },
      to: { path: '^apps/', pathNot: '^$1/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    includeOnly: { path: '^(packages|apps|bench|examples|test)/' },
    exclude: { path: '/(node_modules|dist|generated)/' },
  },
};
