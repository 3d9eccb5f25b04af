import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readmes = ['README.md', ...['packages', 'apps', 'examples'].flatMap(readmesBelow)];

function readmesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .map((name) => join(folder, name, 'README.md'))
    .filter((readme) => existsSync(join(root, readme)));
}

/** The TypeScript examples of a README, each as a module beside it, with the README's line numbers. */
function fencesOf(readme: string): { path: string; text: string }[] {
  const text = readFileSync(join(root, readme), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(({ index, 1: code }, i) => {
    const linesAbove = text.slice(0, index).split('\n').length;
    return { path: join(root, dirname(readme), `readme-example-${i + 1}.ts`), text: '\n'.repeat(linesAbove) + code };
  });
}

/** TypeScript's errors in the examples under `strict`, as if each were a file beside its README. */
function errorsOf(fences: readonly { path: string; text: string }[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const texts = new Map(fences.map(({ path, text }) => [path, text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path);
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...texts.keys()], { ...options, noUnusedLocals: false, noUnusedParameters: false }, host);
  return [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)!;
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ start, messageText }) => {
      const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
      return `${relative(root, dirname(path))}/README.md:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

describe('TypeScript in READMEs', () => {
  it('compiles under strict as written', () => {
    const fences = readmes.flatMap(fencesOf);
    expect(fences.length).toBeGreaterThan(10);
    expect(errorsOf(fences)).toEqual([]);
  });
});
