/** The names of all options of `T`, as `assertOptions` takes them. The compiler holds the list complete. */
export type OptionNames<T> = Readonly<Record<keyof Required<T>, true>>;

/**
 * Throws for an option that does not exist, with the one that was probably meant: `mfcc: options must be among …, got nMfcc (did you
 * mean coefficientCount?)`. Call it first, with the options as they came.
 *
 * @param names The options there are.
 * @param where The public function that was called.
 */
export function assertOptions(options: unknown, names: Readonly<Record<string, true>>, where: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options) || ArrayBuffer.isView(options)) {
    const found = typeof options === 'object' && options !== null ? (options.constructor?.name ?? 'object') : String(options);
    throw new RangeError(`${where}: options must be an object, such as { ${Object.keys(names)[0]!}: … }, got ${found}`);
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(names, name)) continue;
    const known = Object.keys(names);
    const nearest = nearestOption(name, known);
    const remedy = nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
    throw new RangeError(`${where}: options must be among ${known.join(', ')}, got ${name}${remedy}`);
  }
}

/** What other libraries call an option, without case and underscores → what it is called here, in the order of preference. */
const NAMES_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  sr: ['sampleRateHz', 'toHz'],
  fs: ['sampleRateHz'],
  rate: ['sampleRateHz', 'toHz'],
  frequency: ['sampleRateHz'],
  origsr: ['fromHz'],
  origfreq: ['fromHz'],
  sourcerate: ['fromHz'],
  inputrate: ['fromHz'],
  samplerate: ['sampleRateHz', 'fromHz'],
  sampleratehz: ['fromHz'],
  inputsamplerate: ['fromHz'],
  sourcesamplerate: ['fromHz'],
  fromsamplerate: ['fromHz'],
  to: ['toHz'],
  targetsr: ['toHz'],
  targetsamplerate: ['toHz'],
  outputsamplerate: ['toHz'],
  tosamplerate: ['toHz'],
  newfreq: ['toHz'],
  targetrate: ['toHz'],
  outputrate: ['toHz'],
  nfft: ['fftSize'],
  fftlength: ['fftSize'],
  framelength: ['fftSize', 'frameSize'],
  framesize: ['fftSize'],
  buffersize: ['fftSize', 'frameSize'],
  hoplength: ['hopSize'],
  hop: ['hopSize'],
  stride: ['hopSize'],
  framestep: ['hopSize'],
  winlength: ['windowSize'],
  windowlength: ['windowSize'],
  nmels: ['melCount'],
  nummels: ['melCount'],
  nummelbins: ['melCount'],
  mels: ['melCount'],
  nmfcc: ['coefficientCount'],
  nummfcc: ['coefficientCount'],
  numceps: ['coefficientCount'],
  coefficients: ['coefficientCount'],
  fmin: ['lowestHz'],
  amin: ['minimumPower'],
  melnorm: ['norm'],
  nbands: ['octaveCount'],
  nchroma: ['chromaCount'],
  power: ['exponent'],
  rollpercent: ['share'],
  startbpm: ['startBpm'],
  maxtempo: ['highestBpm'],
  acsize: ['windowSeconds'],
  stdbpm: ['spreadOctaves'],
  pad: ['padMode'],
  lowfreq: ['lowestHz'],
  fmax: ['highestHz'],
  highfreq: ['highestHz'],
  htk: ['scale'],
  melscale: ['scale'],
  niter: ['iterations'],
  numiters: ['iterations'],
  randomstate: ['seed'],
  weights: ['channelWeights'],
  bits: ['bitDepth'],
  bitspersample: ['bitDepth'],
  subtype: ['bitDepth'],
  filename: ['name'],
  path: ['name'],
  strict: ['damaged', 'truncated'],
  truncated: ['damaged'],
  damaged: ['truncated'],
  limit: ['maxSamples'],
  channels: ['samples'],
  data: ['samples'],
};

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The option that `name` was probably meant to be, or undefined when none is near (more than a third of its letters off). */
function nearestOption(name: string, known: readonly string[]): string | undefined {
  const typed = plain(name);
  const elsewhere = NAMES_ELSEWHERE[typed]?.find((option) => known.includes(option));
  if (elsewhere !== undefined) return elsewhere;
  const beginning = known.find((option) => typed.length > 2 && plain(option).startsWith(typed));
  if (beginning !== undefined) return beginning;
  const distances = known.map((option) => ({ option, distance: editDistance(typed, plain(option)) }));
  const nearest = distances.reduce((best, each) => (each.distance < best.distance ? each : best));
  return nearest.distance <= Math.max(typed.length, 3) / 3 ? nearest.option : undefined;
}

/** Letters to insert, remove or replace (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
