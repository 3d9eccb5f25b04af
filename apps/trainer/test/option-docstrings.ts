import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Files that define options. The first combines the others. */
const SOURCES = [
  'apps/trainer/src/options/trainer-options.ts',
  'apps/trainer/src/judging/judge-options.ts',
  'apps/trainer/src/variants/baseline-options.ts',
  'packages/model/src/config.ts',
  'packages/sub-urmp/src/data-options.ts',
  'packages/training/src/training-options.ts',
  'packages/training/src/learning-rate-factor.ts',
  'packages/training/src/optimizer-options.ts',
  'packages/training/src/step/step-options.ts',
];
const ROOT = 'trainerOptionsSchema';

interface Slice {
  readonly rows: readonly ts.ObjectLiteralElementLike[];
  /** Slices in the same file, by name. */
  readonly scope: ReadonlyMap<string, Slice>;
}

/** The object literal of `z.strictObject({ … })`. */
function objectOf(initializer: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  if (!initializer || !ts.isCallExpression(initializer)) return undefined;
  const [shape] = initializer.arguments;
  return initializer.expression.getText().endsWith('strictObject') && ts.isObjectLiteralExpression(shape) ? shape : undefined;
}

function slicesOf(path: string, everywhere: Map<string, Slice>): void {
  const text = readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const own = new Map<string, Slice>();
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    for (const { name, initializer } of statement.declarationList.declarations) {
      const shape = objectOf(initializer);
      if (!shape) continue;
      const slice = { rows: shape.properties, scope: own };
      own.set(name.getText(), slice);
      if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) everywhere.set(name.getText(), slice);
    }
  }
}

/** The slice that an expression is made from: the first one it names. */
function sliceIn(expression: ts.Node, { scope }: Slice, everywhere: ReadonlyMap<string, Slice>): Slice | undefined {
  const names = [...expression.getText().matchAll(/\w+Schema\b/g)].map(([name]) => name);
  return names.map((name) => scope.get(name) ?? everywhere.get(name)).find((slice) => slice !== undefined);
}

function* docstringsOf(slice: Slice, everywhere: ReadonlyMap<string, Slice>, prefix = ''): Generator<[string, string]> {
  for (const row of slice.rows) {
    const inner = sliceIn(row, slice, everywhere);
    if (ts.isSpreadAssignment(row)) {
      if (inner) yield* docstringsOf(inner, everywhere, prefix);
      continue;
    }
    const path = `${prefix}${row.name?.getText()}`;
    if (inner) yield* docstringsOf(inner, everywhere, `${path}.`);
    const [doc] = ts.getJSDocCommentsAndTags(row);
    if (doc && ts.isJSDoc(doc)) yield [path, ts.getTextOfJSDocComment(doc.comment)!.replaceAll(/\s+/g, ' ')];
  }
}

/** Docstrings of the options, by path. */
export function optionDocstrings(): ReadonlyMap<string, string> {
  const everywhere = new Map<string, Slice>();
  for (const path of SOURCES) slicesOf(path, everywhere);
  return new Map(docstringsOf(everywhere.get(ROOT)!, everywhere));
}
