import type { Check, Finding, Machine } from '../check';

async function ffmpeg(machine: Machine): Promise<Finding> {
  const version = /^ffmpeg version (\S+)/.exec((await machine.run('ffmpeg', ['-version'])) ?? '')?.[1];
  if (version !== undefined) return { name: 'ffmpeg', state: 'works', detail: version };
  const remedy = 'only to prepare data from videos: install ffmpeg, or node-av';
  return { name: 'ffmpeg', state: 'absent', detail: 'not on the PATH', remedy };
}

function nodeAv(machine: Machine): Finding {
  if (machine.hasPackage('node-av')) return { name: 'node-av', state: 'works', detail: 'installed' };
  const remedy = 'only to prepare data from videos without ffmpeg: npx pnpm --filter trainer add node-av@6.1.1';
  return { name: 'node-av', state: 'absent', detail: 'not installed', remedy };
}

/** Programs that read videos, for `data prepare`. */
export const video: Check = { name: 'video', run: async (machine) => [await ffmpeg(machine), nodeAv(machine)] };
