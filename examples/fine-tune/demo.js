// Prepares a demo of fine-tune.js: pairs of simulated musicians, and a small untrained network.
import { createCmcgan } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';
import { openDataset } from '@cmcgan/sub-urmp';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';

await simulateDataset('out/pairs', { seed: 1, pairsPerClass: 2, validationPairsPerClass: 1 });
const { decibelRange } = await openDataset('out/pairs');
await useWasmKernels();
await saveModel(createCmcgan({ width: 1 / 16, seed: 1, decibelRange }), 'out/weights');
console.log('out/pairs and out/weights written');
