import { join } from 'node:path';
import { escapeHtml } from '../html';
import type { Section } from './section';

const START = 'npx pnpm --filter trainer start';
/** A path as a shell reads it back. */
const quoted = (path: string) => (/^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** Commands to go on with. */
export const nextSteps: Section = {
  id: 'next',
  title: 'Go on from here',
  render({ run: { folder, hasCheckpoint } }) {
    const path = quoted(folder);
    const commands: [what: string, command: string][] = [
      ...(hasCheckpoint
        ? ([
            ['Train on from the last checkpoint', `${START} --resume ${path}`],
            ['A sound from a picture of yours', `${START} generate --checkpoint ${path} --image photo.jpg --out sound.wav`],
            ['A picture from a sound of yours', `${START} generate --checkpoint ${path} --sound note.wav --out picture.png`],
          ] as [string, string][])
        : []),
      ['The same curves, grids and sounds in TensorBoard', `tensorboard --logdir ${path}`],
      ['This page again, from what the run folder holds', `${START} report ${path}`],
    ];
    const items = commands.map(([what, command]) => `<p>${what}:</p><pre>${escapeHtml(command)}</pre>`);
    return `${items.join('')}<p class="quiet">Checkpoints: <code>${escapeHtml(join(folder, 'checkpoints'))}</code></p>`;
  },
};
