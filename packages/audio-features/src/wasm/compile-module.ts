/** Compiles a module written in hexadecimal. Works where there is no `atob`, as in an AudioWorklet. */
export function compileModule(hexadecimal: string): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(hexadecimal.match(/../g)!, (byte) => parseInt(byte, 16)));
}
