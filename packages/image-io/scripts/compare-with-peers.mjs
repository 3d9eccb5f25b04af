// Reads every picture of a folder with decodeImage and with Pillow, and reports which pixels are equal. Build the package first.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { clearTimeout, setTimeout } from 'node:timers';
import { parseArgs } from 'node:util';

const HELP = `Usage: node scripts/compare-with-peers.mjs [options] <folder>

Reads every JPEG, PNG, GIF, WebP, AVIF and TIFF under a folder with decodeImage and with Pillow, at full size, and prints how many
are equal within a level, how many differ, and which ones either refuses; pictures with a side below 128 are compared at 128×128
with Pillow's bicubic too. Nothing is downloaded or written. Without Pillow, only the results of decodeImage are printed.

Options:
  --python <path>   a Python with Pillow and NumPy (default: python3)
  --entry <path>    the built package to try, such as another version's (default: ../dist/index.js)
  --tolerance <n>   levels that count as equal (default: 1)
  --json            one line of JSON per file instead of the list
  --help`;

const EXTENSIONS = new Set('.jpg .jpeg .jpe .jfif .mpo .png .apng .gif .webp .avif .avifs .tif .tiff'.split(' '));
/** How many levels two enlargements may differ by where the picture is smooth. */
const ENLARGED_TOLERANCE = 2;
const TIME_LIMIT_MS = 60_000;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        python: { type: 'string', default: 'python3' },
        entry: { type: 'string', default: new URL('../dist/index.js', import.meta.url).pathname },
        tolerance: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(`compare-with-peers: ${error.message}`);
    process.exit(1);
  }
}

const { values: flags, positionals } = readArguments();
if (flags.help || positionals.length !== 1) {
  console.log(HELP);
  process.exit(flags.help ? 0 : 1);
}
const [folder] = positionals;
if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
  console.error(`compare-with-peers: <folder> must be a folder that exists, got ${folder}`);
  process.exit(1);
}
const tolerance = Number(flags.tolerance);
const { decodeImage } = await import(flags.entry);

/** Starts Pillow in a separate process that is sent paths and returns pixels; undefined if it cannot be started. */
async function startPillow(scratch) {
  const script = new URL('pillow-reference.py', import.meta.url).pathname;
  const pixelsPath = join(scratch, 'pixels');
  const child = spawn(flags.python, [script, pixelsPath], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? 'null');
  const started = await Promise.race([next().catch(() => null), new Promise((done) => child.once('error', () => done(null)))]);
  if (!started) return undefined;
  return {
    version: started.version,
    stop: () => child.stdin.end(),
    async read(path) {
      child.stdin.write(`${path}\n`);
      const answer = await next();
      if (!answer || answer.refused) return answer ?? { refused: 'Pillow ended' };
      const bytes = new Uint8Array(await readFile(pixelsPath));
      const length = answer.width * answer.height * 3;
      return { ...answer, pixels: bytes.subarray(0, length), enlarged: answer.enlarged ? bytes.subarray(length) : undefined };
    },
  };
}

async function readOurs(bytes, options) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer in ${TIME_LIMIT_MS / 1000} s`)), TIME_LIMIT_MS);
  });
  try {
    return await Promise.race([decodeImage(bytes, { ...options, name: 'it' }), late]);
  } catch (error) {
    return { refused: error.message };
  } finally {
    clearTimeout(timer);
  }
}

function difference(ours, theirs) {
  let [largest, sum, over] = [0, 0, 0];
  for (let i = 0; i < theirs.length; i++) {
    const levels = Math.abs(ours[i] - theirs[i]);
    largest = Math.max(largest, levels);
    sum += levels;
    if (levels > tolerance) over++;
  }
  return { largest, mean: sum / theirs.length, share: over / theirs.length };
}

/** Whether neighbouring pixels differ little everywhere, so that a different bicubic kernel can be told from a shift. */
function isSmooth({ pixels, width, height }) {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        const at = (y * width + x) * 3 + c;
        if (x > 0 && Math.abs(pixels[at] - pixels[at - 3]) > 16) return false;
        if (y > 0 && Math.abs(pixels[at] - pixels[at - width * 3]) > 16) return false;
      }
  return true;
}

/** Compares one file. The verdict is one of both-refuse, only-ours, only-pillow, size, differs, equal; with `detail` for the list. */
async function compare(path, pillow) {
  const bytes = await readFile(path);
  const ours = await readOurs(bytes, { size: 'original' });
  if (!pillow) return { verdict: ours.refused ? 'refused' : 'read', detail: ours.refused };
  const theirs = await pillow.read(path);
  if (ours.refused) {
    return theirs.refused
      ? { verdict: 'both-refuse', detail: ours.refused }
      : { verdict: 'only-pillow', detail: `${theirs.mode}; ${ours.refused}` };
  }
  if (theirs.refused) return { verdict: 'only-ours', detail: theirs.refused };
  if (ours.width !== theirs.width || ours.height !== theirs.height) {
    return { verdict: 'size', detail: `${ours.width}×${ours.height}, Pillow ${theirs.width}×${theirs.height}` };
  }
  const at = difference(ours.pixels, theirs.pixels);
  const verdict = at.largest <= tolerance ? 'equal' : 'differs';
  const figures = ({ largest, mean, share }) =>
    `at most ${largest}, on average ${mean.toFixed(3)}, ${(share * 100).toFixed(2)} % of the values above ${tolerance}`;
  const result = { verdict, detail: `${theirs.mode}; ${figures(at)}` };
  if (verdict === 'differs' || !theirs.enlarged) return result;
  const large = difference((await readOurs(bytes, {})).pixels, theirs.enlarged);
  const smooth = isSmooth(theirs);
  const enlarged = large.largest <= ENLARGED_TOLERANCE ? 'within' : smooth ? 'beyond' : 'beyond-not-smooth';
  return { ...result, enlarged, smooth, enlargedDetail: figures(large) };
}

const scratch = await mkdtemp(join(tmpdir(), 'compare-with-peers-'));
const pillow = await startPillow(scratch);
if (!flags.json)
  console.log(pillow ? `Pillow ${pillow.version}` : `${flags.python} has no Pillow with NumPy: nothing to compare with.`);
const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && EXTENSIONS.has(extname(entry.name).toLowerCase()))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort();
const counts = {};
const enlarged = {};
for (const path of files) {
  const result = await compare(path, pillow);
  counts[result.verdict] = (counts[result.verdict] ?? 0) + 1;
  if (result.enlarged) enlarged[result.enlarged] = (enlarged[result.enlarged] ?? 0) + 1;
  if (flags.json) console.log(JSON.stringify({ file: relative(folder, path), ...result }));
  else {
    if (!['equal', 'read', 'both-refuse'].includes(result.verdict))
      console.log(`${result.verdict}  ${relative(folder, path)}: ${result.detail}`);
    if (result.enlarged?.startsWith('beyond'))
      console.log(`enlarged ${result.enlarged}  ${relative(folder, path)}: ${result.enlargedDetail}`);
  }
}
pillow?.stop();
await rm(scratch, { recursive: true });
if (!flags.json) {
  console.log(`${files.length} files:`, counts);
  const both = (counts.equal ?? 0) + (counts.differs ?? 0) + (counts.size ?? 0) + (counts['only-pillow'] ?? 0);
  if (pillow && both > 0)
    console.log(
      `equal within ${tolerance}: ${counts.equal ?? 0} of ${both} that Pillow reads, ${(((counts.equal ?? 0) / both) * 100).toFixed(1)} %`,
    );
  if (Object.keys(enlarged).length > 0)
    console.log(`enlarged to 128×128, within ${ENLARGED_TOLERANCE} levels of bicubic:`, enlarged);
}
