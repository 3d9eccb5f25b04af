import { LMS_SAMPLE_RATE_HZ } from '@cmcgan/audio-features';
import type { TrainingState } from './checkpoint';

/** The facts about the training data that generating needs, as part of a model's configuration, so that it can be used without its run. */
export const dataFacts = ({ decibelRange, classNames }: TrainingState['data']) => ({
  ...{ decibelRange, sampleRateHz: LMS_SAMPLE_RATE_HZ, classNames },
});
