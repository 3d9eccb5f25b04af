/** Weights and moving averages. */
export const WEIGHTS_FILE = 'model.safetensors';

/** Architecture, provenance, and the hash of the weights. */
export const CONFIG_FILE = 'config.json';
