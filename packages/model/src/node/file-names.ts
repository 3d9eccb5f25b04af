/** Weights and moving averages. */
export const WEIGHTS_FILE = 'model.safetensors';

/** The architecture's name and its configuration. */
export const CONFIG_FILE = 'config.json';
