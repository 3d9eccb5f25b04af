import { escapeHtml } from '../html';
import type { Section } from './section';

/** Rows of names and values; what an older run didn't write down is left out. */
function table(rows: readonly (readonly [string, unknown])[]): string {
  const written = rows.filter(([, value]) => value !== undefined);
  return `<div class="wide"><table>${written.map(([name, value]) => `<tr><th>${name}<td>${escapeHtml(value === null ? '–' : String(value))}`).join('')}</table></div>`;
}

/** What the run learns from. */
export const data: Section = {
  id: 'data',
  title: 'Data',
  render({ run: { config } }) {
    const { folder, simulated, pairs, classNames, decibelRange, manifestHash } = config.data;
    return table([
      ['folder', `${folder}${simulated ? ' (simulated musicians)' : ''}`],
      [
        'pairs',
        Object.entries(pairs)
          .map(([split, count]) => `${count.toLocaleString('en')} ${split}`)
          .join(', '),
      ],
      ['instruments', classNames.map((name) => name.replaceAll('_', ' ')).join(', ')],
      ['dB of a sound’s -1 … 1', `${decibelRange.floorDb} … ${decibelRange.ceilingDb}`],
      ['content (SHA-256)', manifestHash],
    ]);
  },
};

/** What it runs on. */
export const environment: Section = {
  id: 'environment',
  title: 'Environment',
  render({ run: { config } }) {
    const { environment: machine, backend, parameters } = config;
    return table([
      ['backend', backend],
      ['processor', `${machine.processor}, ${machine.cores} cores, ${machine.platform}`],
      ['Node, TensorFlow.js', `${machine.node}, ${machine.tensorflowJs}`],
      ['trainer, git commit', `${machine.trainer}, ${machine.gitCommit ?? 'not in a repository'}`],
      [
        'resumed',
        config.resumes?.map(({ step, at }) => `after step ${step.toLocaleString('en')} (${at.slice(0, 16)})`).join(', '),
      ],
      [
        'weights',
        Object.entries(parameters)
          .map(([name, size]) => `${name} ${Number(size).toLocaleString('en')}`)
          .join(', '),
      ],
    ]);
  },
};
