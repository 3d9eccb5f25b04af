// Builds packages: their scripts `generate` and `build`, without the package manager in between, which takes longer to start than most of them to build.
// Declarations are another matter (build-declarations.mjs).
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { readManifest } from './manifest.mjs';

/** Runs a script of a package's manifest, if it has it. */
function runScript(root, { name, folder }, script, env) {
  const command = readManifest(folder).scripts?.[script];
  if (command === undefined) return Promise.resolve();
  const bins = [folder, root].map((each) => join(each, 'node_modules', '.bin'));
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, PATH: [...bins, env.PATH].join(delimiter) },
  });
  const printed = [];
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => printed.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve();
      else reject(new Error(`${name}: ${command} failed\n${Buffer.concat(printed).toString()}`));
    });
  });
}

/**
 * Builds packages side by side, as many as there are cores, each after those that it depends on and into an empty `dist`.
 *
 * @param packages names, folders and dependencies
 * @throws the first failure, once those under way have ended
 */
export async function buildPackages(root, packages, env) {
  const waiting = new Set(packages);
  const unbuilt = new Set(packages.map(({ name }) => name));
  const failures = [];
  const nextReady = () => [...waiting].find(({ dependencies }) => !dependencies.some((each) => unbuilt.has(each)));

  async function buildOne(each) {
    try {
      rmSync(join(each.folder, 'dist'), { recursive: true, force: true }); // what an earlier build left, and this one doesn't write
      for (const script of ['generate', 'build']) await runScript(root, each, script, env);
      unbuilt.delete(each.name);
    } catch (error) {
      failures.push(error);
      waiting.clear();
    }
  }

  for (const running = new Set(); waiting.size + running.size > 0;) {
    for (let each; running.size < availableParallelism() && (each = nextReady());) {
      waiting.delete(each);
      const build = buildOne(each).then(() => running.delete(build));
      running.add(build);
    }
    if (running.size === 0) throw new Error(`${[...unbuilt].join(', ')} depend on each other`);
    await Promise.race(running);
  }
  if (failures.length > 0) throw failures[0];
}
