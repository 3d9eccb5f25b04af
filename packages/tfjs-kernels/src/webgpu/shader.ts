/** A tensor as a shader sees it: an array of float32, or of four at a time. */
export interface ShaderBuffer {
  name: string;
  access: 'read' | 'read_write';
  /** Floats of an element; default 1. */
  components?: 1 | 4;
}

/** WGSL with its buffers. Shaders with equal keys are the same program. */
export interface Shader {
  key: string;
  buffers: readonly ShaderBuffer[];
  code: () => string;
}

export interface ShaderSource {
  /** Everything that `body` depends on. */
  key: string;
  buffers: readonly ShaderBuffer[];
  /** Members of the struct `numbers`, as `rows: u32, epsilon: f32`; without it there are no uniforms. */
  uniforms?: string;
  /** Members of the struct `step`, of numbers that may differ from step to step. */
  stepNumbers?: string;
  /** Functions and the entry point `main`. */
  body: () => string;
}

/** A shader whose buffers are bound in their order, followed by the uniforms as `numbers` and `step`. */
export function createShader({ key, buffers, uniforms, stepNumbers, body }: ShaderSource): Shader {
  const declarations = buffers.map(({ name, access, components = 1 }, binding) => {
    const type = components === 4 ? 'vec4<f32>' : 'f32';
    return `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: array<${type}>;`;
  });
  const structs = { numbers: uniforms, step: stepNumbers };
  for (const [name, members] of Object.entries(structs)) {
    if (members === undefined) continue;
    const binding = `@group(0) @binding(${declarations.length}) var<uniform>`;
    declarations.push(`struct ${name}Struct { ${members} } ${binding} ${name}: ${name}Struct;`);
  }
  return { key, buffers, code: () => [...declarations, body()].join('\n') };
}
