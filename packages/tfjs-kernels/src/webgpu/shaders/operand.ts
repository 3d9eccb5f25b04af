import { DEPTH } from './tile';

/**
 * One side of a product, read on the fly: nothing is unrolled into memory. A value's position is the sum of two vectors
 * (image, y, x, channel), one from its row and one from its depth, so that neither is computed more often than needed.
 */
export interface Operand {
  /** The buffer to read. */
  buffer: string;
  /** 4 where the values that `along` joins are four consecutive floats, aligned, of one position. */
  components: 1 | 4;
  /** The axis along which four values are joined: 'row', four rows (or columns) at one depth; 'depth', four depths of one row. */
  along: 'row' | 'depth';
  /** Body of a function `(row: i32) -> vec4<i32>`. */
  ofRow: string;
  /** Body of a function `(depth: i32) -> vec4<i32>`. */
  ofDepth: string;
  /** Body of a function `(at: vec4<i32>) -> i32`, the sum's index in floats; negative for a zero. */
  index: string;
}

export interface OperandCode {
  declarations: string;
  /** Statements before the loop: the vectors of the thread's rows, given expressions for the tile's first row and for their number. */
  lines(first: string, count: string): string;
  /** Statements in the loop that fill the tile for the depths from `first` on. */
  fill: string;
}

/** A function that reads one element, or zero if it is outside. */
function readFunction(name: string, { buffer, components }: Operand): string {
  const type = components === 4 ? 'vec4<f32>' : 'f32';
  return `fn ${name}Read(position: vec4<i32>, isInside: bool) -> ${type} {
    if (!isInside) { return ${type}(0.0); }
    let at = ${name}Index(position);
    if (at < 0) { return ${type}(0.0); }
    return ${buffer}[at${components === 4 ? ' / 4' : ''}];
  }`;
}

/**
 * Statements that fill the thread's block of four rows and four depths, one vector per depth. These are loops of four turns each: a GPU's
 * compiler unrolls them, while a CPU driver's would take minutes to compile the unrolled text.
 */
function fillBlock(name: string, { components, along }: Operand, quarters: number): string {
  const store = (j: string, value: string) => `${name}Tile[(block * 4 + ${j}) * ${quarters} + quarter] = ${value};`;
  const read = (i: string, j: string) =>
    `${name}Read(${name}Lines[${i}] + ${name}OfDepth(depth + ${j}), ${name}Row + ${i} < ${name}Rows && depth + ${j} < endDepth)`;
  const each = (index: string, body: string) => `for (var ${index} = 0; ${index} < 4; ${index}++) { ${body} }`;
  if (components === 4 && along === 'row') return each('j', store('j', read('0', 'j')));
  if (components === 1)
    return each('j', `var four = vec4<f32>(0.0); ${each('i', `four[i] = ${read('i', 'j')};`)} ${store('j', 'four')}`);
  const turned = (j: number) => `vec4<f32>(${[0, 1, 2, 3].map((i) => `four[${i}][${j}]`).join(', ')})`;
  return `var four: array<vec4<f32>, 4>; ${each('i', `four[i] = ${read('i', '0')};`)} ${[0, 1, 2, 3].map((j) => store(`${j}`, turned(j))).join('\n')}`;
}

/**
 * The code of an operand whose tile has `extent` rows: `<name>Tile[DEPTH][extent / 4]`. As many threads, from `firstThread` on, each fill a
 * block of four rows and four depths; if four depths are read at once they transpose the block, so that every store is a whole vector.
 */
export function operandFunctions(name: string, operand: Operand, extent: number, firstThread: number): OperandCode {
  const { ofRow, ofDepth, index } = operand;
  const quarters = extent / 4;
  return {
    declarations: `
      var<workgroup> ${name}Tile: array<vec4<f32>, ${DEPTH * quarters}>;
      fn ${name}OfRow(row: i32) -> vec4<i32> { ${ofRow} }
      fn ${name}OfDepth(depth: i32) -> vec4<i32> { ${ofDepth} }
      fn ${name}Index(at: vec4<i32>) -> i32 { ${index} }
      ${readFunction(name, operand)}`,
    lines: (first, count) => `
      let ${name}Rows = ${count};
      let ${name}Row = ${first} + thread % ${quarters} * 4;
      var ${name}Lines: array<vec4<i32>, 4>;
      for (var i = 0; i < 4; i++) { ${name}Lines[i] = ${name}OfRow(${name}Row + i); }`,
    fill: `
      if (thread >= ${firstThread} && thread < ${firstThread + extent}) {
        let block = (thread - ${firstThread}) / ${quarters};
        let quarter = thread % ${quarters};
        let depth = first + block * 4;
        ${fillBlock(name, operand, quarters)}
      }`,
  };
}
