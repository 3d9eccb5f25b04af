import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@cmcgan/command-line';
import { JUDGE_NAMES } from '@cmcgan/evaluation';
import { JUDGE_FOLDERS } from '@cmcgan/evaluation/node';
import { z } from 'zod';
import { readJson } from '../files/read-json';
import { assertSameClasses, type Classes } from '../run/classes';

const judgeSchema = z.looseObject({
  classifier: z.looseObject({ modality: z.enum(JUDGE_NAMES), classNames: z.array(z.string()) }),
});

const REMEDY = 'give a judge folder that an evaluation of these classes left, or leave --judge out';

/** Checks, before anything is computed, that a folder named as the judge holds all three classifiers, of the classes that are judged. */
export async function assertJudgeFits(folder: string, judged: Classes): Promise<void> {
  for (const name of JUDGE_NAMES) {
    const path = join(folder, JUDGE_FOLDERS[name], 'config.json');
    if (!existsSync(path)) throw new UserError(`judge ${folder} lacks ${JUDGE_FOLDERS[name]}/config.json; ${REMEDY}`);
    const { classifier } = await readJson(path, judgeSchema, 'the config.json of a judge');
    if (classifier.modality !== name) {
      throw new UserError(`${path} must be of a judge of modality ${name}, got ${classifier.modality}; ${REMEDY}`);
    }
    assertSameClasses({ name: `judge ${folder}`, classNames: classifier.classNames }, judged, REMEDY);
  }
}
