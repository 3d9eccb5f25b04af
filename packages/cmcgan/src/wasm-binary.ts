import bytes from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';

/** TensorFlow.js' WebAssembly, which the build puts into this module: no bundler has to find a file, and no server to serve one. */
export const wasmBinary: Uint8Array = bytes;
