// Checks that everything the documents refer to exists: files and folders that they name, link targets, and headings in links.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './commands/run-command';

const NOT_OURS = new Set(['node_modules', 'dist', 'out', 'runs', '.cache', '.changeset', '.git', '.next']);

function documentsIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : documentsIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const read = (document: string) => readFileSync(join(ROOT, document), 'utf8');

/** The paths that a pattern stands for: `{a,b}` stands for each alternative, `*` for any name. */
function expand(pattern: string): string[] {
  const [all, alternatives] = /\{([^}]+)\}/.exec(pattern) ?? [];
  if (all) return alternatives!.split(',').flatMap((each) => expand(pattern.replace(all, each)));
  const at = pattern.indexOf('*/');
  if (at < 0) return [pattern];
  const names = readdirSync(join(ROOT, pattern.slice(0, at)));
  return names.flatMap((name) => expand(pattern.slice(0, at) + name + pattern.slice(at + 1)));
}

/** The paths that a line names in backticks, relative to the checkout's root or to the folder of the previous path in the line. */
function pathsIn(line: string): string[] {
  let folder = '';
  return [...line.matchAll(/`([\w.@{},*/-]+)`/g)].flatMap(([, name]) => {
    if (/^(\.ci|apps|bench|docs|examples|packages|scripts|test)\//.test(name!)) {
      folder = name!.endsWith('/') ? name! : `${dirname(name!)}/`;
      return [name!];
    }
    return folder !== '' && /\.(ts|mjs|json)$/.test(name!) ? [folder + name!] : [];
  });
}

const exists = (pattern: string) => expand(pattern).some((path) => existsSync(join(ROOT, path)));
/** All alternatives of `{a,b}` must exist, but only one match of `*`. */
const missing = (pattern: string) =>
  !(pattern.includes('*') ? exists(pattern) : expand(pattern).every((path) => existsSync(join(ROOT, path))));

/** A heading's anchor on GitHub. */
const slug = (heading: string) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(' ', '-'); // prettier-ignore

function brokenLinks(document: string): string[] {
  const text = read(document).replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(([, path, anchor]) => {
    const target = path ? join(dirname(document), path) : document;
    if (!existsSync(join(ROOT, target))) return [`${document} → ${path}`];
    if (!anchor) return [];
    const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading!));
    return headings.includes(anchor) ? [] : [`${document} → ${path}#${anchor}`];
  });
}

describe('the documents', () => {
  it.each(['CONTRIBUTING.md', 'docs/paper-map.md'])('%s names files and folders that exist', (document) => {
    const named = read(document).split('\n').flatMap(pathsIn); // prettier-ignore
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(missing)).toEqual([]);
  });

  it('link to files and headings that exist', () => {
    const documents = documentsIn('.');
    expect(documents.map((path) => relative('.', path))).toEqual(expect.arrayContaining(['README.md', 'docs/paper-map.md']));
    expect(documents.flatMap(brokenLinks)).toEqual([]);
  });

  it('list every package, app and example', () => {
    const folders = (parent: string) =>
      readdirSync(join(ROOT, parent)).filter((name) => existsSync(join(ROOT, parent, name, 'package.json')));
    const isPrivate = (name: string) => (JSON.parse(read(`packages/${name}/package.json`)) as { private?: boolean }).private;
    const entries = [
      ...folders('packages').map((name) =>
        isPrivate(name) ? ['CONTRIBUTING.md', `\`packages/${name}/\``] : ['README.md', `](packages/${name})`],
      ),
      ...folders('apps').map((name) => ['README.md', `](apps/${name})`]),
      ...folders('examples').map((name) => ['examples/README.md', `](${name})`]),
    ];
    expect(entries.filter(([document, entry]) => !read(document!).includes(entry!))).toEqual([]);
  });
});
