declare module '*.wasm' {
  const bytes: Uint8Array;
  export { bytes as default };
}
