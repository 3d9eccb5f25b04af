/** @type {import('next').NextConfig} */
export default {
  // Node loads these from node_modules. Bundled, they would not find their WebAssembly, and there would be two copies of TensorFlow.js.
  serverExternalPackages: [
    '@cmcgan/audio-features',
    '@cmcgan/image-io',
    '@cmcgan/model',
    '@cmcgan/tfjs-kernels',
    '@tensorflow/tfjs-backend-wasm',
    '@tensorflow/tfjs-core',
    '@tensorflow/tfjs-layers',
  ],
};
