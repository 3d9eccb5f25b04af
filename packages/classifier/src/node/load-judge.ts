import { join } from 'node:path';
import { createJudge } from '../judge/judge';
import type { Judge } from '../judge/judge';
import { loadClassifier } from './load-classifier';
import { JUDGE_FOLDERS } from './save-judge';

/** Loads a judge that `saveJudge` wrote. The caller must dispose the judge. @throws as `loadClassifier` does */
export async function loadJudge(folder: string): Promise<Judge> {
  const V = await loadClassifier(join(folder, JUDGE_FOLDERS.V));
  try {
    return createJudge({ V, A: await loadClassifier(join(folder, JUDGE_FOLDERS.A)) });
  } catch (error) {
    V.classifier.dispose();
    throw error;
  }
}
