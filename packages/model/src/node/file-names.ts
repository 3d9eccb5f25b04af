/** Weights and moving averages. */
export const WEIGHTS_FILE = 'model.safetensors';

/** The architecture, a CmcganConfig. */
export const CONFIG_FILE = 'config.json';
