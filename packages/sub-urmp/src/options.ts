export { dataOptionsSchema } from './data-options';
