// Builds the API reference as static pages, dist/docs/index.html: the docstrings of all published packages, their READMEs, the examples, and the
// decisions that these refer to. Any warning, such as one about a link that leads nowhere, is an error.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, Converter, EntryPointStrategy, LogLevel, MinimalSourceFile, normalizePath } from 'typedoc';
import { collectDocuments, readDocument } from './build-docs/documents.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist', 'docs');
const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { paths } = readJson('tsconfig.json').compilerOptions;

/** Entries that are no modules to import from: another platform's edition, and a script for `audioWorklet.addModule`. */
const LEFT_OUT = ['./browser', './worklet'];

/** The entries of all published packages: their names as imports, their source files and, of a package itself, its folder. */
const entries = readdirSync(join(root, 'packages')).flatMap((folder) => {
  const { name, private: isPrivate, exports } = readJson(`packages/${folder}/package.json`);
  if (isPrivate) return [];
  const names = Object.keys(exports).filter((entry) => typeof exports[entry] === 'object' && !LEFT_OUT.includes(entry));
  return names.map((entry) => {
    const imported = entry === '.' ? name : name + entry.slice(1);
    const source = paths[imported]?.[0] ?? `packages/${folder}/src/${entry === '.' ? 'index' : entry.slice(2)}.ts`;
    return { name: imported, source: join(root, source), folder: entry === '.' ? join(root, 'packages', folder) : undefined };
  });
});

const app = await Application.bootstrap({
  name: 'CMCGAN',
  entryPoints: entries.map(({ source }) => source),
  entryPointStrategy: EntryPointStrategy.Resolve,
  tsconfig: join(root, 'scripts/build-docs/tsconfig.json'),
  readme: 'none', // set below
  out,
  hideGenerator: true,
  disableSources: true,
  skipErrorChecking: true, // npm run check types
  excludeExternals: true,
  excludePrivate: true,
  excludeInternal: true,
  sort: ['kind', 'alphabetical'],
  kindSortOrder: ['Module', 'Function', 'Class', 'Variable', 'Interface', 'TypeAlias', 'Document'],
  highlightLanguages: ['bash', 'html', 'javascript', 'json', 'python', 'sh', 'toml', 'tsx', 'typescript', 'yaml'],
  navigation: { includeGroups: false },
  treatWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true },
  logLevel: process.argv.includes('--verbose') ? LogLevel.Verbose : LogLevel.Warn,
});

/** A README as the text of a page that has a title of its own. */
const parsed = (path, project) => {
  const text = readDocument(path).replace(/^# .+\n/, '');
  return app.converter.parseRawComment(sourceFile(path, text), project.files).content;
};
const sourceFile = (path, text) => new MinimalSourceFile(text, normalizePath(path));

function addDocuments(documents, parent) {
  for (const { path, title, text, children } of documents) {
    app.converter.addDocument(parent, sourceFile(path, text), title);
    addDocuments(children, parent.project.documents?.at(-1) ?? parent);
  }
}

app.converter.on(Converter.EVENT_BEGIN, ({ project }) => addDocuments(collectDocuments(root), project));

app.converter.on(
  Converter.EVENT_RESOLVE_BEGIN,
  ({ project }) => {
    project.readme = parsed(join(root, 'README.md'), project);
    for (const path of [root, join(root, 'README.md')]) project.files.registerReflectionPath(normalizePath(path), project);
    for (const { name, source, folder } of entries) {
      const module = project.children.find((each) => project.files.getReflectionPath(each) === normalizePath(source));
      module.name = name;
      if (folder === undefined) continue;
      module.readme = parsed(join(folder, 'README.md'), project);
      for (const path of [folder, join(folder, 'README.md')]) project.files.registerReflectionPath(normalizePath(path), module);
    }
  },
  1000,
);

const project = await app.convert();
if (project === undefined) process.exit(1);
app.validate(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
await app.generateOutputs(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
console.log(`The API reference is in ${relative(process.cwd(), join(out, 'index.html'))}`);
