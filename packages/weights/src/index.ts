export { readClassifiers, readGenerator } from './released';
export type { ReleasedClassifiers, ReleasedFiles, ReleasedPool } from './released';
