import { fileURLToPath } from 'node:url';
import type { BenchOptions, Row } from './bench';
import { startContestant, type Contestant } from './contestant';
import { describeOtherWork, fastest, stepCells, stepRow, widthName, type StepResult, type Timed } from './step-results';
import { markdownTable, table } from './table';
import { takeTurns } from './take-turns';
import { startTorchModes, warmUp } from './torch-modes';

const OURS = fileURLToPath(new URL('./our-step.js', import.meta.url));

/** So small a network that nearly all its time is spent between the kernels. */
const FLOOR = { width: 1 / 64, batch: 2 };

/** How long a contestant has the machine before the next one's turn. */
const BLOCK_SECONDS = 1;

interface Size {
  width: number;
  batch: number;
}

const noted = new Set<string>();
/** Prints a line, once. */
function note(line: string): void {
  if (!noted.has(line)) console.log(`  ${line}`);
  noted.add(line);
}

/**
 * Times one training step with the paper's settings, at each width and at the floor, in each Node, against PyTorch in its fastest mode and
 * against our own step on native TensorFlow where that is built. Contestants take turns, each alone on the machine.
 */
export async function benchTrainingStep({ widths, batch, ...options }: BenchOptions): Promise<Row[]> {
  const results: StepResult[] = [];
  for (const size of [...widths.map((width) => ({ width, batch })), FLOOR]) {
    const name = `width ${widthName(size.width)}, batch ${size.batch}`;
    console.log(`Timing one training step, ${name} …`);
    const { ours, torch, native } = await timeStep(size, options);
    note(describeOtherWork([...ours, ...torch, ...native]));
    const peers = [fastest(torch), ...native].filter((peer) => peer !== undefined);
    for (const each of ours) for (const peer of peers.length > 0 ? peers : [null]) results.push({ size: name, ours: each, peer });
  }
  const cells = stepCells(results);
  console.log(`\n${options.markdown ? markdownTable(cells) : table(cells)}\n`);
  console.log(`(medians of ${options.rounds} rounds; ratio: the peer's time divided by ours; above 1, ours is faster)\n`);
  return results.map(stepRow);
}

type TimeOptions = Omit<BenchOptions, 'widths' | 'batch'>;

/** Runs all contestants at one size. */
async function timeStep({ width, batch }: Size, { nodes, threads, modes, peerThreads, rounds }: TimeOptions) {
  const flags = ['--width', String(width), '--batch', String(batch)];
  const ourFlags = [...flags, '--threads', String(threads)];
  const running: Contestant[] = [];
  const start = async (node: string, ...more: string[]) => {
    const contestant = await startContestant({ command: node, args: [OURS, ...ourFlags, ...more] });
    running.push(contestant);
    await warmUp(contestant);
    return contestant;
  };
  try {
    const ours: Contestant[] = [];
    for (const node of nodes) ours.push(await start(node));
    const native = await start(nodes[0]!, '--backend', 'tfjs-node').catch((error: Error) =>
      note(`tfjs-node: not timed (${error.message})`),
    );
    const torchFlags = peerThreads === undefined ? flags : [...flags, '--threads', String(peerThreads)];
    const torch = await startTorchModes(torchFlags, { modes, blockSeconds: BLOCK_SECONDS, note });
    running.push(...torch);
    const groups = { ours, torch, native: native ? [native] : [] };
    const entered = Object.values(groups).flat();
    const blocks = await takeTurns(entered, rounds, BLOCK_SECONDS);
    const timed = (contestants: Contestant[]): Timed[] =>
      contestants.map((each) => ({ name: each.name, blocks: blocks[entered.indexOf(each)]! }));
    return { ours: timed(groups.ours), torch: timed(groups.torch), native: timed(groups.native) };
  } finally {
    for (const contestant of running) contestant.stop();
  }
}
