// Runs every example as a user who copies its folder would, with the packages from the tarballs.
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const WRITTEN = /\/(node_modules|out|dist|\.next)(\/|$)/;

/** Copies the examples into a project as npm workspaces, so that one `npm install` installs all. */
export function copyExamples(root, project) {
  cpSync(join(root, 'examples'), join(project, 'examples'), {
    recursive: true,
    filter: (path) => !WRITTEN.test(path.slice(root.length)),
  });
}

/** Runs the commands in the examples' READMEs. Next.js must return the same picture as the Node example. */
export async function checkExamples(project, { run }) {
  const npm = (example, ...words) => run('npm', [...words], join(project, 'examples', example));
  const require = createRequire(join(project, 'package.json'));
  const { writeWav } = require('@cmcgan/audio-features');
  const samples = Float32Array.from({ length: 22_050 }, (_, n) => 0.5 * Math.sin(0.05 * n + 4e-6 * n * n));
  const sound = join(project, 'given.wav');
  writeFileSync(sound, writeWav({ samples, sampleRateHz: 44_100 }));

  await npm('node', 'start', '--', '--sound', sound);
  await npm('fine-tune', 'run', 'demo');
  await npm('classify', 'start');
  await npm('vite', 'run', 'build');
  await npm('next', 'run', 'build');
  const answered = await askNext(join(project, 'examples', 'next'), { sound, next: require.resolve('next/dist/bin/next') });
  const { decodeImage } = require('@cmcgan/image-io');
  const [ours, theirs] = await Promise.all(
    [readFileSync(join(project, 'examples/node/out/picture.png')), answered].map((png) => decodeImage(png)),
  );
  const difference = ours.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs.pixels[i])), 0);
  if (difference > 1)
    throw new Error(`examples/next must return the same picture as examples/node, got one that differs by ${difference} levels`);
  console.log('the examples run on the packed packages');
}

/** The bytes with which the built application answers a sound. */
async function askNext(folder, { sound, next }) {
  const server = spawn(process.execPath, [next, 'start', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const address = await new Promise((resolve, reject) => {
      let written = '';
      server.on('close', (code) => reject(new Error(`examples/next: next start exited with code ${code}: ${written}`)));
      server.stdout.on('data', (chunk) => {
        written += chunk;
        const [found] = /http:\/\/localhost:\d+/.exec(written) ?? [];
        if (found && written.includes('Ready')) resolve(found);
      });
    });
    const body = new FormData();
    body.set('sound', new Blob([readFileSync(sound)]), 'given.wav');
    const response = await fetch(`${address}/picture`, { method: 'POST', body });
    const type = response.headers.get('content-type');
    if (!response.ok || type !== 'image/png')
      throw new Error(`examples/next must answer with a PNG, got ${response.status}, ${type}: ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  } finally {
    server.kill();
  }
}
