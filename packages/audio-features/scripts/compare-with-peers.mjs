// Decodes every file of a folder with decodeAudio and with ffmpeg, flac and mpg123, as far as installed, and counts how often they agree.
// Downloads nothing; needs the built package (`npm run build`).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Usage: node packages/audio-features/scripts/compare-with-peers.mjs <folder> [options]

Decodes every sound below a folder with decodeAudio and with the peers that are installed, and compares them sample by sample. For each
peer it counts the files that are equal, that differ (and how), that only one of the two refuses, and that both refuse.

  --ffmpeg <path>   default: ffmpeg on the PATH; used for every file
  --flac <path>     default: flac on the PATH; used for .flac
  --mpg123 <path>   default: mpg123 on the PATH; used for .mp3, .mp2, .mp1 and .bit
  --gap <number>    largest difference between two samples of a lossy file that counts as equal; default 0.002 (full scale is 1)
  --damaged accept  decode what can be decoded of broken files, as ffmpeg and mpg123 do
  --all             every file, whatever its extension
  --list            list every file with its result, not only those that differ
  --help`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'ffmpeg': { type: 'string', default: 'ffmpeg' },
    'flac': { type: 'string', default: 'flac' },
    'mpg123': { type: 'string', default: 'mpg123' },
    'gap': { type: 'string', default: '0.002' },
    'damaged': { type: 'string', default: 'error' },
    'all': { type: 'boolean', default: false },
    'list': { type: 'boolean', default: false },
    'help': { type: 'boolean', default: false },
  },
}); // prettier-ignore
const [folder] = positionals;
if (values.help || !folder) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}
if (!existsSync(folder)) fail(`the folder must exist, got ${folder}`);
const built = new URL('../dist/index.js', import.meta.url);
if (!existsSync(built)) fail('the package must be built: npm run build');
const { decodeAudio } = await import(built.href);

const SOUNDS = /\.(wav|wave|rf64|w64|aiff?|aifc|flac|oga|ogg|opus|spx|mp[123]|bit|m4a|aac|wma|amr|caf|au)$/i;
const MOST_BYTES = 2 ** 30;

/** Which files each peer decodes, and how it writes them as WAV. */
const PEERS = {
  ffmpeg: {
    asks: () => true,
    arguments: (path) => [
      ...['-v', 'error', '-nostdin', ...(/\.opus$/i.test(path) ? ['-c:a', 'libopus'] : [])],
      ...['-i', path, '-map', '0:a:0', '-c:a', 'pcm_f32le', '-f', 'wav', '-'],
    ],
  },
  flac: { asks: (path) => /\.(flac|oga)$/i.test(path), arguments: (path) => ['-d', '-s', '-c', path] },
  mpg123: { asks: (path) => /\.(mp[123]|bit)$/i.test(path), arguments: (path) => ['-q', '-e', 'f32', '-w', '-', path] },
};
const peers = Object.entries(PEERS).filter(([name]) => {
  const present = spawnSync(values[name], [name === 'ffmpeg' ? '-version' : '--version']).status === 0;
  if (!present) console.log(`${name} was not found (set its path with --${name}), so nothing is compared with it.`);
  return present;
});

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && (values.all || SOUNDS.test(entry.name)))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
console.error = () => {}; // decoders print what they also report

const OUTCOMES = ['equal', 'differs', 'refused here', 'refused there', 'refused by both'];
const counts = Object.fromEntries(peers.map(([name]) => [name, Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]))]));
for (const path of files) {
  const bytes = readFileSync(path);
  const ours = await decodeAudio(bytes, { name: relative(folder, path), damaged: values.damaged }).catch(({ message }) => ({
    message,
  }));
  for (const [name, peer] of peers) {
    if (!peer.asks(path)) continue;
    const [outcome, detail] = compare(ours, hear(values[name], peer.arguments(path)), isLossless(bytes) ? 0 : Number(values.gap));
    counts[name][outcome]++;
    if (values.list || outcome !== 'equal')
      console.log(`${relative(folder, path)}: ${name}: ${outcome}${detail ? `: ${detail}` : ''}`);
  }
}
console.log(`\n${files.length} files`);
console.table(counts);

/** The samples that a peer decodes, or undefined if it refuses the file. */
function hear(program, args) {
  const { status, stdout } = spawnSync(program, args, { maxBuffer: MOST_BYTES, timeout: 60_000 });
  return status === 0 ? parseWav(stdout) : undefined;
}

function compare(ours, theirs, gap) {
  if (ours.message !== undefined) return theirs ? ['refused here', ours.message] : ['refused by both', ours.message];
  const { samples, sampleRateHz } = ours;
  const found = `${samples.length} × ${samples[0].length} at ${sampleRateHz} Hz`;
  if (!theirs) return ['refused there', found];
  const expected = `${theirs.samples.length} × ${theirs.samples[0].length} at ${theirs.sampleRateHz} Hz`;
  if (found !== expected) return ['differs', `${found} here, ${expected} there`];
  const worst = samples.reduce((most, channel, c) => Math.max(most, largestGap(channel, theirs.samples[c])), 0);
  return worst <= gap ? ['equal', found] : ['differs', `by up to ${worst.toPrecision(3)}`];
}

function largestGap(a, b) {
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]));
  return worst;
}

/** Parses WAV as the peers write it to a pipe: sizes are unreliable, the sound continues to the end. Undefined for no samples. */
function parseWav(bytes) {
  if (bytes.length < 44) return undefined;
  let format;
  for (let at = 12; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4)) {
    const id = bytes.toString('latin1', at, at + 4);
    if (id === 'fmt ') {
      const tag = bytes.readUInt16LE(at + 8);
      const bits = bytes.readUInt16LE(at + 22);
      format = {
        channelCount: bytes.readUInt16LE(at + 10),
        sampleRateHz: bytes.readUInt32LE(at + 12),
        isFloat: (tag === 0xfffe ? bytes.readUInt16LE(at + 32) : tag) === 3,
        width: Math.ceil(bits / 8),
      };
    }
    if (id === 'data') return decodeBlocks(bytes.subarray(at + 8), format);
  }
  return undefined;
}

function decodeBlocks(bytes, { channelCount, sampleRateHz, isFloat, width }) {
  const count = Math.floor(bytes.length / (width * channelCount));
  if (!(count > 0 && channelCount > 0)) return undefined;
  const read = isFloat
    ? (at) => bytes.readFloatLE(at)
    : width === 1
      ? (at) => (bytes[at] - 128) / 128
      : (at) => bytes.readIntLE(at, width) / 2 ** (8 * width - 1);
  const samples = Array.from({ length: channelCount }, (_, channel) =>
    Float32Array.from({ length: count }, (_, i) => read((i * channelCount + channel) * width)),
  );
  return { samples, sampleRateHz };
}

/** Detects lossless formats by their signature: WAV, AIFF, FLAC, FLAC in Ogg. */
function isLossless(bytes) {
  const head = bytes.toString('latin1', 0, 64);
  return /^(RIF|RF64|BW64|FORM|fLaC|ID3.*RIFF)/s.test(head) || head.includes('\x7fFLAC');
}

function fail(message) {
  console.error(`compare-with-peers: ${message}`);
  process.exit(2);
}
