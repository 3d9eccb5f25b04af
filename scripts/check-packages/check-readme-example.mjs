// Runs the first example of cmcgan's README as it is written, with the released weights: as a module on every Node,
// as strict TypeScript, and as CommonJS. The released classifiers
// must recognise the picture that it generates; what they take the sound for is printed.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileStrictly } from './compile.mjs';

/** Of musicians that the weights have not seen. */
const UNSEEN_SEED = 1_000_003;

/** The files that the example makes. */
const MADE = ['violinist.wav', 'cello.png'];

/** Puts a picture and a sound of simulated musicians where the example reads them; formats are told by content. */
async function writeInputs(folder, simulateDataset) {
  const data = join(folder, 'musicians');
  await simulateDataset(data, { seed: UNSEEN_SEED, pairsPerClass: 1, validationPairsPerClass: 1 });
  const copyOne = (kind, instrument, name) => {
    const from = join(data, kind, 'validation', instrument);
    copyFileSync(join(from, readdirSync(from)[0]), join(folder, name));
  };
  copyOne('img', 'violin', 'violinist.jpg');
  copyOne('chunk', 'cello', 'cello.mp3');
  rmSync(data, { recursive: true });
}

/** The same program without `await` outside of functions, which CommonJS does not have. */
function asCommonJs(code) {
  const lines = code.trim().split('\n');
  const isImport = (line) => line.startsWith('import ');
  const rest = lines.filter((line) => !isImport(line)).map((line) => `  ${line}`);
  return [...lines.filter(isImport), 'async function main() {', ...rest, '}', 'void main();', ''].join('\n');
}

/**
 * @param folder a project in which `cmcgan` is installed, and for compiling TypeScript the types of Node
 * @param options `nodes` are the paths of all Nodes to try
 */
export async function checkReadmeExample(folder, { run, env, readme, simulateDataset, nodes }) {
  const [, code] = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(readme, 'utf8'));
  await writeInputs(folder, simulateDataset);
  writeFileSync(join(folder, 'as-written.mjs'), code);
  const programs = { 'strict.mts': code, 'strict.cts': asCommonJs(code) };
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text);
  await compileStrictly(folder, Object.keys(programs), { env, types: ['node'] });
  const runs = [...nodes.map((node) => [node, 'as-written.mjs']), ['node', 'strict.mjs'], ['node', 'strict.cjs']];
  for (const [node, program] of runs) {
    for (const name of MADE) rmSync(join(folder, name), { force: true });
    const version = (await run(node, ['--version'], folder)).trim();
    await run(node, [program], folder);
    const answers = (await run('npx', ['cmcgan', 'classify', ...MADE], folder)).trim().split('\n');
    if (!answers.some((answer) => answer.startsWith('cello.png\tcello\t'))) {
      throw new Error(`${program} on ${version}: cello.png must be recognised as a cello, got ${answers.join('; ')}`);
    }
    console.log(`${program} on ${version}: ${answers.join('; ').replaceAll('\t', ' ')}`);
  }
}
