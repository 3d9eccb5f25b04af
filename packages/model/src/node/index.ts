export { saveCmcgan } from './save-cmcgan';
export { loadCmcgan } from './load-cmcgan';
export { writeFileAtomic } from './write-file-atomic';
