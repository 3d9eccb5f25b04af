import { basename } from 'node:path';
import type { LogLine } from '@cmcgan/training/node';
import { escapeHtml } from '@cmcgan/pages/html';
import { formatDuration } from '../../progress/format-step';
import { runStatus } from '../run-status';
import type { ReportContent } from '../report-content';

const count = (value: number) => value.toLocaleString('en');
const secondsIn = (log: readonly LogLine[]) => log.reduce((sum, { stepMs }) => sum + Number(stepMs ?? 0), 0) / 1000;

/** Text with the names of flags as code. */
const withFlags = (text: string) => escapeHtml(text).replace(/(?<= )--[a-z][a-z-]*/g, '<code>$&</code>');

const at = (time: string) => escapeHtml(time.replace('T', ' ').slice(0, 16));

/** The head of the report: the run, its progress, and its key figures. */
export function overview({ run, writtenAt }: ReportContent): string {
  const { config, log, totalSteps, folder } = run;
  const { options, parameters, backend, data } = config;
  const last = log.at(-1);
  const facts = [
    ['steps', `${count(last?.step ?? 0)} of ${count(totalSteps)}`],
    ['epoch', `${String(last?.epoch ?? 0)} of ${options.epochs}`],
    ['time in steps', formatDuration(secondsIn(log))],
    ['pairs per step', count(options.batchSize * options.accumulate)],
    ['training pairs', `${count(data.pairs.train)}${data.simulated ? ', simulated' : ''}`],
    ['weights', `${(parameters.total / 1e6).toFixed(2)} million`],
    ['backend', backend],
  ];
  const { tone, title, text } = runStatus(run);
  const cells = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`);
  return `<header><p class="kicker">CMCGAN · preset ${escapeHtml(options.preset)}</p><h1>${escapeHtml(basename(folder))}</h1>
<p class="quiet">Started ${at(config.startedAt)} UTC, this page written ${at(writtenAt.toISOString())} UTC.</p>
<p class="status ${tone}"><strong>${title}.</strong> ${withFlags(text)}</p><dl class="facts">${cells.join('')}</dl></header>`;
}

/** The head of the report while a run is being prepared. */
export function overviewBeforeRun(folder: string, { writtenAt }: Pick<ReportContent, 'writtenAt'>): string {
  return `<header><p class="kicker">CMCGAN</p><h1>${escapeHtml(basename(folder))}</h1>
<p class="quiet">This page written ${at(writtenAt.toISOString())} UTC.</p>
<p class="status open"><strong>Being prepared.</strong> The data are read or simulated, then training begins. This page is rewritten after the first epoch and as the run goes on: reload it.</p></header>`;
}
