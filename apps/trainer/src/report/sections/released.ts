import { escapeHtml } from '@cmcgan/pages/html';
import type { TakenFor } from '../../released/released-files';
import type { DrawnPair } from '../draw-released';
import type { ReportContent } from '../report-content';
import type { Section } from './section';
import { soundFigure } from './sounds';

const shown = (name: string) => escapeHtml(name.replaceAll('_', ' '));

const pictureFigure = (name: string, label: string, picture: string) =>
  `<figure class="sound restored"><figcaption>${label}</figcaption><img src="${picture}" alt="${name}, ${label}" width="128" height="128"></figure>`;

const verdict = ({ className, probability }: TakenFor) => `${shown(className)}, ${(100 * probability).toFixed(0)} %`;

function pair({ instrument, picture, sound, pictureFromSound, soundFromPicture, byPicture, bySound }: DrawnPair): string {
  const name = shown(instrument);
  return `<h4>${name}</h4><div class="lines">
<div class="sounds">${soundFigure(name, { ...sound, label: 'given: a sound' })}${pictureFigure(name, 'restored: its picture', pictureFromSound)}</div>
<div class="sounds">${pictureFigure(name, 'given: a picture', picture)}${soundFigure(name, { ...soundFromPicture, label: 'restored: its sound' })}</div>
</div><p class="quiet">Taken for: ${verdict(bySound)} by the sound; ${verdict(byPicture)} by the picture.</p>`;
}

/** What the released weights restore, to look at while the run trains. */
export const released = {
  id: 'released',
  title: 'What to expect: restored by the released weights',
  render({ released: pairs }: Pick<ReportContent, 'released'>): string | null {
    if (pairs.length === 0) return null;
    return `<p class="quiet">Not made by this run, but by the weights that come with the package cmcgan, which were trained for longer, on other simulated musicians. What this run makes is below.
Each sound had lost its picture, and each picture its sound: press a spectrogram to hear it. A classifier then names the instrument by what was given and what was restored.</p>
${pairs.map(pair).join('')}`;
  },
} satisfies Section;
