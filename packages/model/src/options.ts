export { modelOptionsSchema } from './config';
