import { tile16 } from './generated/tile16';
import { tile16Relaxed } from './generated/tile16Relaxed';
import { tile8 } from './generated/tile8';
import { tile8Relaxed } from './generated/tile8Relaxed';
import { nodeModule } from './node-modules';

/**
 * The builds of the kernels. 'tile16' is for engines that join 128-bit operations into 256-bit ones, 'tile8' for all others; 'relaxed'
 * uses fused multiply-add.
 */
export type Variant = 'tile8' | 'tile8-relaxed' | 'tile16' | 'tile16-relaxed';

const MODULES: Record<Variant, string> = {
  'tile16-relaxed': tile16Relaxed,
  'tile8-relaxed': tile8Relaxed,
  tile16,
  tile8,
};

export const VARIANTS = Object.keys(MODULES) as Variant[];

/** What a caller may request: a variant, the fastest measured, or the first correct one in this engine's order. */
export type WantedVariant = Variant | 'auto' | 'repeatable';

/** The first Node whose V8 can join vector operations. */
const REVECTORIZE_NODE = 22;

/** The first Node on which V8's joining them pays off, on x64. */
const JOINS_FROM_NODE = 24;

/** 24 of Node 24.1.0; 0 in a browser. */
const nodeMajor = (): number => Number(globalThis.process?.versions?.node?.split('.')[0] ?? 0);

/** All variants in the order of speed usual for this engine: it depends on the engine and the processor, not on the load. */
export function variantsInEngineOrder(): Variant[] {
  const joins = nodeMajor() >= JOINS_FROM_NODE && process.arch === 'x64';
  return joins ? ['tile16-relaxed', 'tile8-relaxed', 'tile16', 'tile8'] : ['tile8-relaxed', 'tile16-relaxed', 'tile8', 'tile16'];
}

/** Sets the V8 flags that are needed, before anything is compiled. */
export function enableEngineFeatures(): void {
  const v8 = nodeModule<typeof import('node:v8')>('node:v8');
  if (!v8) return;
  if (nodeMajor() >= REVECTORIZE_NODE) v8.setFlagsFromString('--experimental-wasm-revectorize');
  if (!WebAssembly.validate(decode(tile8Relaxed))) v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
}

const compiled = new Map<Variant, WebAssembly.Module>();

/** The compiled variant, the same each time; undefined if this engine can't compile it. */
export function compileVariant(variant: Variant): WebAssembly.Module | undefined {
  const binary = decode(MODULES[variant]);
  if (!compiled.has(variant) && WebAssembly.validate(binary)) compiled.set(variant, new WebAssembly.Module(binary));
  return compiled.get(variant);
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
