import { createShader } from '../shader';
import type { Shader } from '../shader';

/** Threads of a workgroup, and values that each updates. */
const THREADS = 256;
const VALUES_PER_THREAD = 4;

/**
 * How an optimiser updates one value: statements over `value`, `gradient` and its slots, all elements of arrays at `at`; `fromRow` is the
 * same element of the gradient's row that is given.
 */
export interface OptimizerStep {
  name: string;
  slots: readonly string[];
  /** The numbers that the statements read as `step.<name>`. */
  numbers: readonly string[];
  /** Given the names of the buffers. */
  statements(buffers: { value: string; gradient: string; slots: readonly string[] }): string;
}

/** As `createAdam`. `rest1` is 1 - β₁: in float32 the difference would have lost digits. */
export const ADAM: OptimizerStep = {
  name: 'adam',
  slots: ['first', 'second'],
  numbers: ['beta1', 'rest1', 'beta2', 'rest2', 'stepSize', 'epsilon'],
  statements: ({ value, gradient, slots: [first, second] }) => `
    let g = ${gradient}[at];
    let m = step.beta1 * ${first}[at] + step.rest1 * g;
    let v = step.beta2 * ${second}[at] + step.rest2 * g * g;
    ${first}[at] = m;
    ${second}[at] = v;
    ${value}[at] -= step.stepSize * m / (sqrt(v) + step.epsilon);`,
};

/** As `createMomentum`. */
export const MOMENTUM: OptimizerStep = {
  name: 'momentum',
  slots: ['velocity'],
  numbers: ['momentum', 'learningRate'],
  statements: ({ value, gradient, slots: [velocity] }) => `
    let v = step.momentum * ${velocity}[at] + ${gradient}[at];
    ${velocity}[at] = v;
    ${value}[at] -= step.learningRate * v;`,
};

/** A pass of `moveAverages`; a row of `gradient` is the new value. */
export const MOVING_AVERAGE: OptimizerStep = {
  name: 'moving average',
  slots: [],
  numbers: ['keep', 'take'],
  statements: ({ value, gradient }) => `
    ${value}[at] = step.keep * ${value}[at] + step.take * ${gradient}[fromRow];`,
};

/** Workgroups for variables of these sizes: the second coordinate is the variable. */
export const optimizerWorkgroups = (counts: readonly number[]): [number, number, number] => [
  Math.ceil(Math.max(...counts) / (THREADS * VALUES_PER_THREAD)),
  counts.length,
  1,
];

/** Updates several variables and their slots in place; each [value, gradient, ...slots] has its own buffers. */
export function optimizerShader({ name, slots, numbers, statements }: OptimizerStep, variables: number): Shader {
  const names = Array.from({ length: variables }, (_, i) => ({
    value: `value${i}`,
    gradient: `gradient${i}`,
    slots: slots.map((slot) => `${slot}${i}`),
  }));
  const update = (i: number) => `
    fn update${i}(first: u32, thread: u32) {
      for (var i = 0u; i < ${VALUES_PER_THREAD}u; i++) {
        let at = first + i * ${THREADS}u + thread;
        let fromRow = numbers.row${i} * numbers.count${i} + at;
        if (at < numbers.count${i}) { ${statements(names[i])} }
      }
    }`;
  return createShader({
    key: `${name} ${variables}`,
    buffers: names.flatMap(({ value, gradient, slots: own }) => [
      { name: value, access: 'read_write' as const },
      { name: gradient, access: 'read' as const },
      ...own.map((slot) => ({ name: slot, access: 'read_write' as const })),
    ]),
    uniforms: ['count', 'row'].flatMap((each) => names.map((_, i) => `${each}${i}: u32`)).join(', '),
    stepNumbers: numbers.map((number) => `${number}: f32`).join(', '),
    body: () => `
      ${names.map((_, i) => update(i)).join('\n')}
      @compute @workgroup_size(${THREADS})
      fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
        let first = group.x * ${THREADS * VALUES_PER_THREAD}u;
        switch group.y {
          ${names.map((_, i) => `case ${i}u: { update${i}(first, thread); }`).join('\n')}
          default: {}
        }
      }`,
  });
}
