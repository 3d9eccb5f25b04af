import '@tensorflow/tfjs-layers';
import { compileVariant, enableEngineFeatures, VARIANTS } from '../../src/wasm/variants';
import { defineConformance } from './define-conformance';
import { wasmRow } from './wasm-row';

enableEngineFeatures();
const supported = VARIANTS.filter((variant) => compileVariant(variant));
const missing = VARIANTS.filter((variant) => !supported.includes(variant));
if (missing.length > 0) console.warn(`Node ${process.versions.node} can't compile ${missing.join(', ')}: not tested here`);

for (const variant of supported) defineConformance(wasmRow(variant));
