export { JUDGE_FOLDERS, loadJudges, openJudges } from './open-judges';
export type { OpenedJudges, OpenJudgesOptions } from './open-judges';
export { withRecordings } from './with-recordings';
