import { join } from 'node:path';
import { generateCommand, reportCommand, resumeCommand, tensorboardCommand } from '../commands';
import { escapeHtml } from '../html';
import type { Section } from './section';

/** Commands for what comes next. */
export const nextSteps: Section = {
  id: 'next',
  title: 'Go on from here',
  render({ run }) {
    const { folder, hasCheckpoint, running } = run;
    const resume = running === true ? null : resumeCommand(run);
    const commands: [what: string, command: string][] = [
      ...(hasCheckpoint && resume !== null ? [['Train on from the last checkpoint', resume] as [string, string]] : []),
      ...(hasCheckpoint
        ? ([
            ['A sound from a picture of yours', generateCommand(run, '--image photo.jpg --out sound.wav')],
            ['A picture from a sound of yours', generateCommand(run, '--sound note.wav --out picture.png')],
          ] as [string, string][])
        : []),
      ['The same curves, grids and sounds in TensorBoard', tensorboardCommand(run)],
      ['This page again, from what the run folder holds', reportCommand(run)],
    ];
    const items = commands.map(([what, command]) => `<p>${what}:</p><pre>${escapeHtml(command)}</pre>`);
    return `${items.join('')}<p class="quiet">Checkpoints: <code>${escapeHtml(join(folder, 'checkpoints'))}</code></p>`;
  },
};
