/** Names of flags in other programs, with what to type here instead: the end of "did you mean …?". */
export type ForeignFlags = Readonly<Record<string, string>>;

const LEARNING_RATES = '--generator-learning-rate or --discriminator-learning-rate';

/** Several names, separated by spaces, with the same meaning. */
const named = (names: string, meaning: string): ForeignFlags =>
  Object.fromEntries(names.split(' ').map((name) => [name, meaning]));

const MACHINE: ForeignFlags = {
  ...named('gpu gpus', '--backend webgpu'),
  ...named('device', '--backend (webgpu for a graphics card)'),
  ...named('cuda', '--backend webgpu (or tfjs-node-gpu)'),
  ...named('cpu', '--backend wasm'),
  ...named('workers num-workers jobs j cores', '--threads'),
  ...named('random-seed s', '--seed'),
  ...named('h', '--help'),
};

/** Other programs' names for the flags of training, in lower case with dashes. */
export const FOREIGN_TRAIN_FLAGS: ForeignFlags = {
  ...MACHINE,
  ...named('learning-rate lr', LEARNING_RATES),
  ...named('lr-g g-lr', '--generator-learning-rate'),
  ...named('lr-d d-lr', '--discriminator-learning-rate'),
  ...named('scheduler lr-schedule lr-scheduler', '--learning-rate-schedule'),
  ...named('warmup warmup-steps', '--warm-up-steps'),
  ...named('optimizer', '--discriminator-optimizer (the generator has Adam)'),
  ...named('grad-clip clip-grad clip-grad-norm', '--gradient-clip'),
  ...named('ema', '--ema-decay'),
  ...named('batch batchsize bs b', '--batch-size'),
  ...named('grad-accum gradient-accumulation-steps accumulate-grad-batches', '--accumulate'),
  ...named('steps iterations iters max-iters num-steps', '--max-steps'),
  ...named('epoch num-epochs max-epochs n-epochs e', '--epochs'),
  ...named('minutes max-time time hours', '--max-minutes'),
  ...named('output output-dir out-dir outdir run-dir logdir log-dir name o', '--out'),
  ...named('dataset data-dir data-path datadir input d', '--data'),
  ...named('model arch architecture', '--variant'),
  ...named('checkpoint ckpt continue resume-from', '--resume'),
  ...named('latent latent-dim z-dim nz', '--latent-size'),
  ...named('layers num-layers', '--depth'),
  ...named('save-every checkpoint-every', '--keep-every or --checkpoint-minutes'),
  ...named('skip-errors ignore-errors on-broken', '--skip-broken'),
  ...named('cache cache-dir cache-folder', '--data-cache'),
  ...named('v', '--version'),
};

/** The same for `generate`. */
export const FOREIGN_GENERATE_FLAGS: ForeignFlags = {
  ...MACHINE,
  ...named('model run weights ckpt resume', '--checkpoint'),
  ...named('picture img photo', '--image'),
  ...named('audio wav', '--sound'),
  ...named('input in i from', '--image or --sound'),
  ...named('output-file outfile o', '--out'),
  ...named('start offset time seconds', '--at'),
  ...named('db-range range', '--decibel-range'),
};

/** The same for `export`. */
export const FOREIGN_EXPORT_FLAGS: ForeignFlags = {
  ...named('model run weights ckpt resume input i', '--checkpoint'),
  ...named('output output-dir outdir folder o', '--out'),
  ...named('type to f', '--format'),
  ...named('overwrite y', '--force'),
};
