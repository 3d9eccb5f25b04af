import { basename } from 'node:path';
import { escapeHtml } from '@cmcgan/pages/html';
import { pageScript } from './page/page-script';
import { PAGE_STYLE } from './page-style';
import type { ReportContent } from './report-content';
import { configuration } from './sections/configuration';
import { picturesFromSounds, soundsFromPictures } from './sections/grids';
import { judging } from './sections/judging';
import { nextSteps } from './sections/next-steps';
import { overview, overviewBeforeRun } from './sections/overview';
import { released } from './sections/released';
import { result } from './sections/result';
import type { Section } from './sections/section';
import { sounds } from './sections/sounds';
import { data, environment } from './sections/provenance';
import { trainingCurves } from './sections/training-curves';

/** Sections of the report from top to bottom. To add one: one file and one row. */
const SECTIONS: readonly Section[] = [
  released,
  result,
  picturesFromSounds,
  soundsFromPictures,
  sounds,
  trainingCurves,
  judging,
  configuration,
  data,
  environment,
  nextSteps,
];

/** Allows no requests: the page is self-contained. */
const POLICY = "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** A section that has been rendered. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** The report of a run as one self-contained HTML file. */
export function reportPage(content: ReportContent): string {
  const parts = SECTIONS.flatMap((section) => {
    const html = section.render(content);
    return html === null ? [] : [{ ...section, html }];
  });
  return page(content.run.folder, overview(content), parts);
}

/** The page in a report's place while there is no run yet: what the released weights restored. */
export function firstReportPage(folder: string, content: Pick<ReportContent, 'released' | 'writtenAt'>): string {
  const html = released.render(content);
  return page(folder, overviewBeforeRun(folder, content), html === null ? [] : [{ ...released, html }]);
}

function page(folder: string, head: string, parts: readonly Part[]): string {
  const links = parts.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('');
  const body = parts.map(({ id, title, html }) => `<section id="${id}"><h2>${title}</h2>${html}</section>`).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(basename(folder))} · CMCGAN</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><style>${PAGE_STYLE}</style></head><body><main>
${head}
<nav aria-label="Parts of this page">${links}</nav>
<noscript><p>Charts, sliders and players need JavaScript; the pictures shown are from the last epoch.</p></noscript>
${body}
</main><script>${pageScript()}</script></body></html>
`;
}
