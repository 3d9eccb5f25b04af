// The texts of the API reference: READMEs, examples, decisions and experiments, with links that hold among its pages.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';

const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** A text whose links to folders lead to their READMEs; a link to a folder without one remains as its text. */
export function readDocument(path) {
  const text = readFileSync(path, 'utf8');
  return text.replace(
    /(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)/g,
    (link, image, label, target, anchor = '') => {
      const absolute = resolve(dirname(path), target);
      if (!isFolder(absolute)) return link;
      const readme = join(absolute, 'README.md');
      return existsSync(readme) ? `[${label}](${relative(dirname(path), readme)}${anchor})` : label;
    },
  );
}

const titleOf = (text, path) => /^# (.+)$/m.exec(text)?.[1].replaceAll('`', '') ?? basename(path, '.md');

/** A document by its file, under the title of its first heading. */
function documentOf(path, more = '') {
  const text = readDocument(path);
  return { path, title: titleOf(text, path), text: text + more, children: [] };
}

const LANGUAGES = { '.js': 'js', '.ts': 'ts', '.html': 'html' };

/** The source files of an example as fences. */
function sourcesIn(folder, base = folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', 'out', '.next'].includes(name))
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourcesIn(path, base);
      const language = LANGUAGES[extname(path)];
      return language ? `\n## ${relative(base, path)}\n\n\`\`\`${language}\n${readFileSync(path, 'utf8')}\`\`\`\n` : '';
    })
    .join('');
}

const foldersIn = (folder) =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'README.md')));

const textsIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => documentOf(join(folder, name)));

/** A document that lists others, which stand below it. */
function listOf(path, title, children) {
  const rows = children.map((child) => `- [${child.title}](${relative(dirname(path), child.path)})\n`);
  return { path, title, text: `# ${title}\n\n${rows.join('')}`, children };
}

/** All documents besides the packages' READMEs. */
export function collectDocuments(root) {
  const examples = documentOf(join(root, 'examples/README.md'));
  const programs = [...foldersIn(join(root, 'apps')), join(root, 'bench')].map((path) => documentOf(join(path, 'README.md')));
  return [
    {
      ...examples,
      children: foldersIn(join(root, 'examples')).map((path) => documentOf(join(path, 'README.md'), sourcesIn(path))),
    },
    listOf(join(root, 'apps.md'), 'Programs', programs),
    documentOf(join(root, 'docs/paper-map.md')),
    listOf(join(root, 'docs/decisions.md'), 'Decisions', textsIn(join(root, 'docs/decisions'))),
    listOf(join(root, 'docs/experiments.md'), 'Experiments', textsIn(join(root, 'docs/experiments'))),
    documentOf(join(root, 'CONTRIBUTING.md')),
  ];
}
