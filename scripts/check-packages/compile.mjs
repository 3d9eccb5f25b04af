import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';

/** How TypeScript treats modules: as in a bundled project, and as Node does. Files of one kind make one program, which reads TensorFlow.js's types once. */
const KINDS = [
  { extensions: ['.ts'], modules: { module: 'esnext', moduleResolution: 'bundler' } },
  { extensions: ['.mts', '.cts'], modules: { module: 'node16', moduleResolution: 'node16' } },
];
export const EXTENSIONS = KINDS.flatMap(({ extensions }) => extensions);

async function compileProgram(project, files, { env, types, modules }) {
  const compilerOptions = { strict: true, target: 'es2022', skipLibCheck: false, types, ...modules };
  const config = `tsconfig.${files.join('+')}.json`;
  writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files }));
  const compiling = promisify(execFile)('tsc', ['--project', config, '--pretty', 'false'], { cwd: project, env });
  const { stdout } = await compiling.catch((error) => {
    if (typeof error.code !== 'number') throw error; // it did not run
    return error;
  });
  const isOurs = (line) => files.some((file) => line.startsWith(file)) || line.includes('@cmcgan/') || line.startsWith('error');
  const ours = stdout.split('\n').filter(isOurs);
  if (ours.length > 0) throw new Error(`${files.join(' and ')} must compile, got\n${ours.join('\n')}`);
  for (const file of files) console.log(`${file} compiles under strict`);
}

/**
 * Compiles files of a project with TypeScript's `tsc` under `strict`, each with the modules of its extension, and leaves their JavaScript beside
 * them. Ignores errors in declarations that are not ours: TensorFlow.js has some.
 */
export async function compileStrictly(project, files, { env, types = [] }) {
  const programs = KINDS.map(({ extensions, modules }) => ({
    modules,
    own: files.filter((file) => extensions.includes(extname(file))),
  }));
  const compiled = programs.filter(({ own }) => own.length > 0);
  await Promise.all(compiled.map(({ own, modules }) => compileProgram(project, own, { env, types, modules })));
}
