import { VORBIS_MODULE } from '../../wasm/generated/vorbis-module';

/** libvorbis as @wasm-audio-decoders/ogg-vorbis compiles it. Pointers are bytes in `memory`. */
export interface VorbisModule {
  memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  /** Where the decoder reads a packet and its length (uint32), and where it writes its results (uint32 each, errors as pairs). */
  // prettier-ignore
  createDecoder(inputAt: number, lengthAt: number, outputAt: number, channelsAt: number, rateAt: number, samplesAt: number, errorsAt: number, errorCountAt: number, mostErrors: number): number;
  /** Takes the identification packet, then the one with the codebooks. */
  sendSetup(decoder: number, isFirst: boolean): void;
  initialiseSynthesis(decoder: number): void;
  decodePacket(decoder: number): void;
}

/** The minified import names in the version that scripts/embed-vorbis.mjs embeds. */
const IMPORTS = {
  a: Math.cos,
  b: Math.atan,
  c: Math.sin,
  d: () => {},
  e: () => fail('abort'),
  f: () => 0, // timers
  g: Math.pow,
  h: Math.log,
  i: Math.exp,
  j: (code: number) => fail(`exit ${code}`),
  k: () => 0, // memory does not grow
};

let compiled: Promise<WebAssembly.Module> | undefined;

/** A fresh instance with its own memory. */
export async function instantiateVorbisModule(): Promise<VorbisModule> {
  compiled ??= decompress(VORBIS_MODULE).then((bytes) => WebAssembly.compile(bytes));
  const { exports } = await WebAssembly.instantiate(await compiled, { a: IMPORTS });
  const functions = exports as unknown as Record<string, (...args: unknown[]) => number>;
  functions.m!();
  return {
    memory: exports.l as WebAssembly.Memory,
    malloc: functions.o!,
    createDecoder: functions.n!,
    sendSetup: functions.p!,
    initialiseSynthesis: functions.q!,
    decodePacket: functions.r!,
  };
}

function fail(what: string): never {
  throw new Error(`libvorbis aborted: ${what}`);
}

async function decompress(base64: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}
