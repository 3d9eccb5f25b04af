import type { CommandFlag } from './command';

/** Flags of `doctor`, in the order of its --help. */
export const DOCTOR_FLAGS: readonly CommandFlag[] = [
  { name: 'data', value: 'folder', help: 'check these pairs too, file by file' },
  { name: 'out', value: 'folder', help: 'where run folders are to be made [runs]' },
  { name: 'json', help: 'one JSON object instead of text: { fit, findings }' },
];
