import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, encodeJpeg } from '@cmcgan/image-io';
import { beforeEach, describe, expect, it } from 'vitest';
import { lockRunFolder, writeRunEnding, type EndReason } from '@cmcgan/training/node';
import { storeJudgment, storeTinyRun } from '../../test/store-tiny-run';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { writeReport } from './write-report';

const folder = join(temporaryFolder('report-sections'), 'a-run');
const writtenAt = new Date('2026-01-02T04:00:00Z');

beforeEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await storeTinyRun(folder);
});

const page = async () => readFileSync(await writeReport(folder, { writtenAt }), 'utf8');
const unescape = (text: string) =>
  text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
/** Text, without tags, of the part of a page captured by `pattern`. */
const textOf = (html: string, pattern: RegExp) =>
  unescape(
    (pattern.exec(html)?.[1] ?? '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
const status = (html: string) => textOf(html, /<p class="status [a-z]+">([^]*?)<\/p>/);
const section = (html: string, id: string) => textOf(html, new RegExp(`<section id="${id}">([^]*?)</section>`));

/** Changes the run's options in config.json. */
function setOptions(changes: object): void {
  const path = join(folder, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as { options: object };
  writeFileSync(path, JSON.stringify({ ...config, options: { ...config.options, ...changes } }));
}
const storeCheckpoint = () => mkdirSync(join(folder, 'checkpoints', 'last'), { recursive: true });
const end = (reason: EndReason, sentence: string) =>
  writeRunEnding(join(folder, 'ending.json'), { reason, sentence, step: 6, at: '2026-01-02T03:30:00.000Z' });

describe('how the run stands', () => {
  it.each<[EndReason, string, string]>([
    ['epochs', 'All 4 epochs are done: 12 steps.', 'Finished. All 4 epochs are done: 12 steps.'],
    [
      'max-minutes',
      'Ended by --max-minutes 4.5 after 6 of 12 steps.',
      'Finished. Ended by --max-minutes 4.5 after 6 of 12 steps. That is the time it was given; nothing went wrong.',
    ],
    [
      'max-steps',
      'Ended by --max-steps 6 after 6 of 12 steps.',
      'Finished. Ended by --max-steps 6 after 6 of 12 steps. That is the limit it was given; nothing went wrong.',
    ],
    [
      'stopped',
      'Stopped by Ctrl-C after 6 of 12 steps; --resume goes on from there.',
      'Not finished. Stopped by Ctrl-C after 6 of 12 steps; --resume goes on from there.',
    ],
    ['collapsed', 'Stopped: the samples have collapsed. See.', 'Collapsed. The samples have collapsed. See.'],
    ['diverged', 'Diverged: a loss is NaN.', 'Diverged. A loss is NaN. There was no checkpoint yet.'],
    [
      'failed',
      'Failed after 6 of 12 steps: <no> disk.',
      'Not finished. Failed after 6 of 12 steps: &lt;no> disk. There was no checkpoint yet.',
    ],
  ])('%s', async (reason, sentence, shown) => {
    await end(reason, sentence);
    expect(status(await page())).toBe(shown);
    expect(status(await page())).toBe(shown); // the report can be rewritten
  });

  it('after an error says whether a checkpoint is left', async () => {
    storeCheckpoint();
    await end('failed', 'Failed after 6 of 12 steps: no disk.');
    expect(status(await page())).toMatch(/The last checkpoint before that is intact\.$/);
  });

  it('says so while a trainer works on it, and once that was killed', async () => {
    const lock = await lockRunFolder(folder);
    expect(status(await page())).toMatch(/^Still training\. 6 of 12 steps were taken when this page was written/);
    lock.release();
    expect(status(await page())).toMatch(/^Not finished\. 6 of 12 steps were taken, and no trainer is running it now/);
  });

  it('of a run on another machine may be either', async () => {
    const elsewhere = { pid: 1, host: 'another-machine', bootId: null, processStart: null, id: 'x', since: '2026' };
    writeFileSync(join(folder, 'run.lock'), JSON.stringify(elsewhere));
    expect(status(await page())).toMatch(/^Perhaps still training\. On another machine/);
  });

  it('is told as far as it is known where the reason is damaged, or of an older run that took all steps', async () => {
    writeFileSync(join(folder, 'ending.json'), '{"reason":"epo');
    expect(status(await page())).toMatch(/^Not finished\. 6 of 12/);
    setOptions({ epochs: 2 });
    expect(status(await page())).toBe('Finished. 6 of 6 steps were taken.');
  });
});

it('steps are counted without the pairs that were set aside, as config.json or, in older runs, judging.json has them', async () => {
  const steps = async () => /<dt>steps<\/dt><dd>([^<]*)/.exec(await page())?.[1];
  await storeJudgment(folder, 16);
  expect(await steps()).toBe('6 of 8'); // 32 of 48 pairs, 16 per step, 4 epochs
  const path = join(folder, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as { data: object };
  writeFileSync(path, JSON.stringify({ ...config, data: { ...config.data, heldPairs: 0 } }));
  expect(await steps()).toBe('6 of 12');
});

describe('the command to train on', () => {
  const resume = async () => /--resume [^<]*/.exec(section(await page(), 'next'))?.[0].split(' A sound')[0];
  beforeEach(storeCheckpoint);

  it.each<[EndReason, string | undefined]>([
    ['epochs', '--epochs 8'],
    ['max-steps', '--max-steps 12'],
    ['max-minutes', '--max-minutes 9'],
    ['stopped', ''],
    ['failed', ''],
    ['collapsed', undefined],
    ['diverged', undefined],
  ])('after %s', async (reason, more) => {
    setOptions({ maxSteps: 6, maxMinutes: 4.5 });
    await end(reason, 'It ended.');
    expect(await resume()).toBe(more === undefined ? undefined : `--resume ${folder} ${more}`.trim());
  });

  it('is in the last page of a run too, which is written before its folder is let go', async () => {
    const lock = await lockRunFolder(folder);
    await end('stopped', 'Stopped by Ctrl-C.');
    expect(await resume()).toBe(`--resume ${folder}`);
    lock.release();
  });

  it('is not given while a trainer works on it', async () => {
    const lock = await lockRunFolder(folder);
    expect(await resume()).toBeUndefined();
    lock.release();
  });
});

describe('how good it is', () => {
  const result = async () => section(await page(), 'result');

  it("shows the judge's figures beside chance and beside real samples", async () => {
    await storeJudgment(folder);
    const text = await result();
    expect(text).toContain('Pictures made from sounds 60 % of 100 50 % 97 % of 100 50 % to 69 %');
    expect(text).toContain('Sounds made from pictures 48 % of 100 50 % 88 % of 100 39 % to 58 %');
    expect(text).toContain(
      'Pictures made from sounds are recognised more often than by chance; sounds made from pictures are not recognised more often than by chance yet.',
    );
    expect(text).toContain('of epoch 1, the best, kept as checkpoints/best; the last score, of epoch 2, is 40 %');
    expect(text).toContain('pairs that were held out from training');
  });

  it('leaves out what is not known of real samples', async () => {
    await storeJudgment(folder);
    rmSync(join(folder, 'judge'), { recursive: true });
    expect(await result()).toContain('60 % of 100 50 % not measured 50 % to 69 %');
  });

  it('names the command that gives figures where no judge looked', async () => {
    setOptions({ judge: { source: null } });
    expect(await result()).toMatch(/^How good it is No judge has scored this run/);
    expect(await result()).not.toContain('evaluator'); // nothing to judge yet
    storeCheckpoint();
    expect(await result()).toContain(`npx pnpm --filter evaluator start --run ${folder}`);
  });

  it("names the evaluator's report where there is one", async () => {
    storeCheckpoint();
    mkdirSync(join(folder, 'evaluation'));
    writeFileSync(join(folder, 'evaluation', 'report.html'), '');
    expect(await result()).toContain('its report is evaluation/report.html in the run folder');
    expect(await result()).not.toContain('npx');
  });

  it('says when the first score is to be expected', async () => {
    setOptions({ judge: { source: 'trained', everyEpochs: 3 } });
    expect(await result()).toContain('has not scored an epoch yet: it does so every 3 epochs and at the end');
  });
});

describe('the grids', () => {
  const pictures = (html: string) => section(html, 'pictures-from-sounds');
  /** Sizes of a section's pictures that are visible initially. */
  const shownSizes = async (html: string, id: string) => {
    const own = new RegExp(`<section id="${id}">([^]*?)</section>`).exec(html)![1];
    const shown = [...own.matchAll(/<img src="data:image\/jpeg;base64,([^"]*)"[^>]*?(hidden)?>/g)].filter(
      ([, , hidden]) => !hidden,
    );
    return Promise.all(
      shown.map(async ([, bytes]) => {
        const { width, height } = await decodeImage(Buffer.from(bytes, 'base64'), { size: 'original' });
        return [width, height];
      }),
    );
  };

  it('have their labels as text, with a word on each line', async () => {
    const html = await page();
    expect(html.match(/<span class="above">[^<]*/g)?.slice(0, 2)).toEqual([
      '<span class="above">double bass',
      '<span class="above">violin',
    ]);
    expect(pictures(html)).toMatch(/A→A→V made from that sound \(A, audio\) by way of a sound/);
    expect(section(html, 'sounds-from-pictures')).toMatch(/V→V→A the spectrogram made from that picture \(V, visual\)/);
    expect(await shownSizes(html, 'pictures-from-sounds')).toEqual([[2 * 96, 4 * 96]]);
  });

  it('of many instruments have cells as large as those of two, in blocks', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `instrument_${index}`);
    rmSync(folder, { recursive: true });
    await storeTinyRun(folder, names);
    const html = await page();
    for (const name of names) expect(html.split(`<span class="above">${name.replace('_', ' ')}</span>`).length - 1, name).toBe(2);
    const blocks = await shownSizes(html, 'pictures-from-sounds');
    expect(blocks).toEqual(Array.from({ length: 4 }, () => [10 * 96, 4 * 96]));
  });

  it('of a sheet that is laid out in another way is that sheet', async () => {
    const plain = { pixels: new Uint8Array(300 * 200 * 3), width: 300, height: 200 };
    writeFileSync(join(folder, 'samples', 'sound-to-image', 'epoch-003.jpg'), await encodeJpeg(plain));
    expect(await shownSizes(await page(), 'pictures-from-sounds')).toEqual([[300, 200]]);
  });

  it('of a baseline are those of its direction alone', async () => {
    rmSync(join(folder, 'samples', 'image-to-sound'), { recursive: true });
    const html = await page();
    expect(html).toContain('id="pictures-from-sounds"');
    expect(html).not.toContain('id="sounds-from-pictures"');
  });
});

it('has headings that say what is below them', async () => {
  await storeJudgment(folder);
  const html = await page();
  const heads = [...html.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, head]) => head);
  expect(heads).toEqual([
    ...['How good it is', 'Pictures made from sounds', 'Sounds made from pictures, as spectrograms', 'Sounds to play'],
    ...[
      'Training curves',
      'What the judge recognised, epoch by epoch',
      "Options that differ from the paper's",
      'Data',
      'Environment',
      'Next steps',
    ],
  ]);
  const curves = /<section id="training-curves">([^]*?)<\/section>/.exec(html)![1];
  expect([...curves.matchAll(/<h3>([^<]*)<\/h3>/g)].map(([, head]) => head)).toEqual(['Losses', 'Samples', 'Speed and memory']);
});

describe('the data', () => {
  const leaveOut = (leftOut: object) => {
    const path = join(folder, 'config.json');
    const config = JSON.parse(readFileSync(path, 'utf8')) as { data: object };
    writeFileSync(path, JSON.stringify({ ...config, data: { ...config.data, leftOut } }));
  };
  const files = (count: number) => Array.from({ length: count }, (_, i) => `/data/<pairs & more>/img/train/viola/${i}.jpg`);

  it('says nothing of pairs left out where there are none', async () => {
    expect(section(await page(), 'data')).not.toContain('left out');
  });

  it('counts the pairs that --skip-broken left out, and names the first few files', async () => {
    leaveOut({ pairs: 1, files: files(1) });
    expect(section(await page(), 'data')).toContain('left out (--skip-broken) 1 pair (img/train/viola/0.jpg)');
    leaveOut({ pairs: 1200, files: files(20) });
    expect(section(await page(), 'data')).toContain('1,200 pairs (img/train/viola/0.jpg, img/train/viola/1.jpg,');
    expect(section(await page(), 'data')).toContain('img/train/viola/4.jpg, …; config.json names more)');
  });
});
