import type { Modality } from '@cmcgan/model';
import { join } from 'node:path';
import type { Judge } from '../judge/judge';
import { saveClassifier } from './save-classifier';

/** Folders of a judge's two classifiers. */
export const JUDGE_FOLDERS = { V: 'image', A: 'sound' } as const;

/** Writes a judge to a folder: its classifiers in `image` and `sound`, each with its provenance. */
export async function saveJudge({ V, A }: Pick<Judge, Modality>, folder: string): Promise<void> {
  await saveClassifier(V, join(folder, JUDGE_FOLDERS.V));
  await saveClassifier(A, join(folder, JUDGE_FOLDERS.A));
}
