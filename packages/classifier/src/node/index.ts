export { loadClassifier } from './load-classifier';
export { loadJudge } from './load-judge';
export { saveClassifier } from './save-classifier';
export { saveJudge } from './save-judge';
