/**
 * Compiles a module whose bytes are printable ASCII characters (see scripts/build-wasm.mjs): from `#` on, each is a byte plus 5; a space
 * before it adds 92, an exclamation mark 184. Works without `atob`, as in an AudioWorklet.
 */
export function compileModule(text: string): WebAssembly.Module {
  const codes = text.match(/[ !]?./g)!;
  const byteOf = (code: string) => code.charCodeAt(code.length - 1) - 40 + (code.length > 1 ? 92 * (code.charCodeAt(0) - 31) : 0);
  return new WebAssembly.Module(Uint8Array.from(codes, byteOf)); // modulo 256
}
