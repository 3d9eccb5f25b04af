import { join } from 'node:path';
import { escapeHtml } from '@cmcgan/pages/html';
import { generateCommand, reportCommand, resumeCommand, tensorboardCommand } from '../commands';
import type { Section } from './section';

/** Commands for the next steps. */
export const nextSteps: Section = {
  id: 'next',
  title: 'Next steps',
  render({ run }) {
    const { folder, hasCheckpoint, running } = run;
    const resume = running === true ? null : resumeCommand(run);
    const commands: [what: string, command: string][] = [
      ...(hasCheckpoint && resume !== null ? [['Continue training from the last checkpoint', resume] as [string, string]] : []),
      ...(hasCheckpoint
        ? ([
            ['A sound from a picture of your own', generateCommand(run, '--image photo.jpg --out sound.wav')],
            ['A picture from a sound of your own', generateCommand(run, '--sound note.wav --out picture.png')],
          ] as [string, string][])
        : []),
      ['The same curves, grids and sounds in TensorBoard', tensorboardCommand(run)],
      ['Rewrite this page from the run folder', reportCommand(run)],
    ];
    const items = commands.map(([what, command]) => `<p>${what}:</p><pre>${escapeHtml(command)}</pre>`);
    return `${items.join('')}<p class="quiet">Checkpoints: <code>${escapeHtml(join(folder, 'checkpoints'))}</code></p>`;
  },
};
