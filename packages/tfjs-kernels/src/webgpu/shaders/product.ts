import { createShader } from '../shader';
import type { Shader } from '../shader';
import { operandFunctions } from './operand';
import type { Operand } from './operand';
import { DEPTH, threadsOf } from './tile';
import type { Tile } from './tile';

export interface ProductOptions {
  /** The program's key: everything that the snippets depend on. */
  name: string;
  tile: Tile;
  left: Operand;
  right: Operand;
  /** Members of the struct `numbers`. */
  uniforms: string;
  /**
   * Functions of `slice: i32`, the third coordinate of the workgroup: `rowsOf`, `columnsOf`, `firstDepthOf`, `endDepthOf`, `prepare` (called
   * first), and `destination(row: i32, column: i32, slice: i32)`, the index in the result at which a value is stored, in floats.
   */
  functions: string;
  /** Floats that one store writes, along the columns. */
  outputComponents: 1 | 4;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** The products at one depth: every pair of four or eight rows and columns of the tiles. */
function multiply({ rows, columns, rowsPerThread, columnsPerThread }: Tile): string {
  const load = (name: string, extent: number, groups: number, lane: string) =>
    range(groups).map((g) => `let ${name}${g} = ${name}Tile[k * ${extent / 4} + ${(g * extent) / 4 / groups} + ${lane}];`);
  const products = range(rowsPerThread).flatMap((row) =>
    range(columnsPerThread / 4).map((g) => {
      const sum = `sum${row}_${g}`;
      return `${sum} = fma(vec4<f32>(left${Math.floor(row / 4)}[${row % 4}]), right${g}, ${sum});`;
    }),
  );
  return [
    ...load('left', rows, rowsPerThread / 4, 'ty'),
    ...load('right', columns, columnsPerThread / 4, 'tx'),
    ...products,
  ].join('\n');
}

/** A function that stores one vector of a thread's share. */
function storeFunction(components: 1 | 4): string {
  const write =
    components === 4
      ? 'if (row < rows && column < columns) { result[destination(row, column, slice) / 4] = value; }'
      : `for (var i = 0; i < 4; i++) {
           if (row < rows && column + i < columns) { result[destination(row, column + i, slice)] = value[i]; }
         }`;
  return `fn store(row: i32, column: i32, value: vec4<f32>, rows: i32, columns: i32, slice: i32) { ${write} }`;
}

/** Stores the thread's share `sums`, row by row. */
function storeShare({ rows, columns, rowsPerThread, columnsPerThread }: Tile, sums: readonly string[]): string {
  const [rowGroups, columnGroups] = [rowsPerThread / 4, columnsPerThread / 4];
  return `
    var share = array<vec4<f32>, ${sums.length}>(${sums.join(', ')});
    for (var i = 0; i < ${sums.length}; i++) {
      let row = i / ${columnGroups};
      let rowOfTile = row / 4 * ${rows / rowGroups} + row % 4 + ty * 4;
      let columnOfTile = i % ${columnGroups} * ${columns / columnGroups} + tx * 4;
      store(firstRow + rowOfTile, firstColumn + columnOfTile, share[i], rows, columns, slice);
    }`;
}

/**
 * A product of two matrices that exist only as index arithmetic over tensors (an implicit GEMM), [rows, columns], slice by slice.
 * Both tiles of a step are in workgroup memory, a thread's share of the result in registers.
 */
export function productShader(options: ProductOptions): Shader {
  const { name, tile, left, right, uniforms, functions, outputComponents } = options;
  const sums = range(tile.rowsPerThread).flatMap((i) => range(tile.columnsPerThread / 4).map((g) => `sum${i}_${g}`));
  const threadColumns = tile.columns / tile.columnsPerThread;
  const threads = threadsOf(tile);
  const leftCode = operandFunctions('left', left, tile.rows, 0);
  // Where there are threads enough, others fill the right tile at the same time.
  const rightCode = operandFunctions('right', right, tile.columns, tile.rows + tile.columns <= threads ? tile.rows : 0);
  const body = () => `
    ${functions}
    ${leftCode.declarations}
    ${rightCode.declarations}
    ${storeFunction(outputComponents)}
    @compute @workgroup_size(${threads})
    fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
      let thread = i32(index);
      let tx = thread % ${threadColumns};
      let ty = thread / ${threadColumns};
      let slice = i32(group.z);
      let firstRow = i32(group.y) * ${tile.rows};
      let firstColumn = i32(group.x) * ${tile.columns};
      let rows = rowsOf(slice);
      let columns = columnsOf(slice);
      let endDepth = endDepthOf(slice);
      prepare(slice);
      ${leftCode.lines('firstRow', 'rows')}
      ${rightCode.lines('firstColumn', 'columns')}
      ${sums.map((sum) => `var ${sum} = vec4<f32>(0.0);`).join(' ')}
      for (var first = firstDepthOf(slice); first < endDepth; first += ${DEPTH}) {
        ${leftCode.fill}
        ${rightCode.fill}
        workgroupBarrier();
        for (var k = 0; k < ${DEPTH}; k++) {
          ${multiply(tile)}
        }
        workgroupBarrier();
      }
      ${storeShare(tile, sums)}
    }`;
  const components = `${left.components}${right.components}${outputComponents}`;
  return createShader({
    key: `${name} ${tile.rows}x${tile.columns} ${components}`,
    buffers: [
      { name: left.buffer, access: 'read', components: left.components },
      { name: right.buffer, access: 'read', components: right.components },
      { name: 'result', access: 'read_write', components: outputComponents },
    ],
    uniforms,
    body,
  });
}
