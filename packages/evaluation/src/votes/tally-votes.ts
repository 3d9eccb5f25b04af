import { accuracyOf, type Accuracy } from '@cmcgan/classifier';

/** The possible answers to a sample, from worst to best; satisfactory includes acceptable. */
export const ANSWERS = ['unacceptable', 'acceptable', 'satisfactory'] as const;
export type Answer = (typeof ANSWERS)[number];

/** The samples that were voted on: for each id, the model that made it, and whether it is an image or a sound. */
export interface VotedSamples {
  /** In the order in which rates are returned. */
  readonly models: readonly string[];
  readonly items: Readonly<Record<string, { readonly model: string; readonly modality: 'image' | 'sound' }>>;
}

/** One voter's answers by sample id. */
export interface VoterAnswers {
  readonly votes: Readonly<Record<string, Answer>>;
}

/** The paper's four rates: how many find Images and Sounds satisfactory (AST), or at least acceptable (AAT). */
export const RATES = ['I-AST', 'S-AST', 'I-AAT', 'S-AAT'] as const;
export type RateName = (typeof RATES)[number];

/** A rate, counted in two ways. */
export interface Rate {
  /** The share of voters who give at least half of the model's samples that they judged an answer that counts; in the paper, k of 21. */
  readonly voters: Accuracy;
  /** The share of individual answers that count. */
  readonly answers: Accuracy;
}

/** Rates by model. */
export type Tally = Readonly<Record<string, Readonly<Record<RateName, Rate>>>>;

const EARNED: Readonly<Record<RateName, { modality: 'image' | 'sound'; answers: readonly Answer[] }>> = {
  'I-AST': { modality: 'image', answers: ['satisfactory'] },
  'S-AST': { modality: 'sound', answers: ['satisfactory'] },
  'I-AAT': { modality: 'image', answers: ['satisfactory', 'acceptable'] },
  'S-AAT': { modality: 'sound', answers: ['satisfactory', 'acceptable'] },
};

/** Counts votes, with 95 % Wilson intervals. A voter who judged no image (or no sound) of a model does not count for that rate. */
export function tallyVotes({ models, items }: VotedSamples, votes: readonly VoterAnswers[]): Tally {
  const rate = (model: string, name: RateName): Rate => {
    const { modality, answers } = EARNED[name];
    const perVoter = votes
      .map(({ votes: given }) =>
        Object.entries(given)
          .filter(([id]) => items[id]?.model === model && items[id].modality === modality)
          .map(([, answer]) => answers.includes(answer)),
      )
      .filter((judged) => judged.length > 0);
    const earned = (judged: readonly boolean[]) => judged.filter(Boolean).length;
    const convinced = perVoter.filter((judged) => 2 * earned(judged) >= judged.length).length;
    const all = perVoter.flat();
    return { voters: accuracyOf(convinced, perVoter.length), answers: accuracyOf(earned(all), all.length) };
  };
  const rates = (model: string) => Object.fromEntries(RATES.map((name) => [name, rate(model, name)]));
  return Object.fromEntries(models.map((model) => [model, rates(model)])) as Tally;
}
