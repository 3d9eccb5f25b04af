import { relative } from 'node:path';
import type { RunConfig } from '@cmcgan/training/node';
import { escapeHtml } from '@cmcgan/pages/html';
import { rowHead, scrollable } from '../html';
import type { Section } from './section';

/** A table of names and values, without those that an older run didn't record. */
function table(name: string, rows: readonly (readonly [string, unknown])[]): string {
  const written = rows.filter(([, value]) => value !== undefined);
  const cells = written.map(([head, value]) => `<tr>${rowHead(head)}<td>${escapeHtml(value === null ? '–' : String(value))}`);
  return scrollable(name, `<table><tbody>${cells.join('')}</tbody></table>`);
}

const FILES_SHOWN = 5;

/** Pairs that --skip-broken left out: their number and the first few files; undefined if there are none. */
function leftOutText({ leftOut, folder }: RunConfig['data']): string | undefined {
  if (leftOut === undefined) return undefined;
  const shown = leftOut.files.slice(0, FILES_SHOWN).map((path) => relative(folder, path));
  const more = leftOut.files.length > FILES_SHOWN ? ', …; config.json names more' : '';
  return `${leftOut.pairs.toLocaleString('en')} pair${leftOut.pairs === 1 ? '' : 's'} (${shown.join(', ')}${more})`;
}

/** The run's data. */
export const data: Section = {
  id: 'data',
  title: 'Data',
  render({ run: { config } }) {
    const { folder, simulated, pairs, heldPairs, classNames, decibelRange, manifestHash } = config.data;
    return table('data', [
      ['folder', `${folder}${simulated ? ' (simulated musicians)' : ''}`],
      [
        'pairs',
        Object.entries(pairs)
          .map(([split, count]) => `${count.toLocaleString('en')} ${split}`)
          .join(', '),
      ],
      ['left out (--skip-broken)', leftOutText(config.data)],
      ['held out from training', heldPairs === 0 ? undefined : heldPairs?.toLocaleString('en')],
      ['instruments', classNames.map((name) => name.replaceAll('_', ' ')).join(', ')],
      ['loudness of sounds', `${decibelRange.floorDb} … ${decibelRange.ceilingDb} dB, as -1 … 1`],
      ['content (SHA-256)', manifestHash],
    ]);
  },
};

/** The run's backend, machine and software. */
export const environment: Section = {
  id: 'environment',
  title: 'Environment',
  render({ run: { config } }) {
    const { environment: machine, backend, parameters } = config;
    return table('environment', [
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
