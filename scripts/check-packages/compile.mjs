import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** By extension: how TypeScript treats the modules of such a file. */
const MODULES = {
  ts: { module: 'esnext', moduleResolution: 'bundler' },
  mts: { module: 'node16', moduleResolution: 'node16' },
  cts: { module: 'node16', moduleResolution: 'node16' },
};
export const ENDINGS = Object.keys(MODULES);

/**
 * Compiles a file of a project with TypeScript's `tsc` under `strict`, and leaves its JavaScript beside it. Ignores errors in declarations
 * that are not ours: TensorFlow.js has some.
 */
export async function compileStrictly(project, file, { env, types = [] }) {
  const modules = MODULES[file.split('.').at(-1)];
  const compilerOptions = { strict: true, target: 'es2022', skipLibCheck: false, types, ...modules };
  const config = `tsconfig.${file}.json`;
  writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files: [file] }));
  const compiling = promisify(execFile)('tsc', ['--project', config, '--pretty', 'false'], { cwd: project, env });
  const { stdout } = await compiling.catch((error) => {
    if (typeof error.code !== 'number') throw error; // it did not run
    return error;
  });
  const ours = stdout
    .split('\n')
    .filter((line) => line.startsWith(file) || line.includes('@cmcgan/') || line.startsWith('error'));
  if (ours.length > 0) throw new Error(`${file} must compile, got\n${ours.join('\n')}`);
  console.log(`${file} compiles under strict`);
}
