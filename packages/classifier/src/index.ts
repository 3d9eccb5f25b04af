export type { Classification } from './classification';
export { classifierFromTensors, createClassifier } from './classifier';
export type { Classifier, ForwardOptions } from './classifier';
export { classifierFromFiles } from './classifier-from-files';
export type { ClassifierFileNames, ClassifierFiles } from './classifier-from-files';
export type { CompleteSamples, SampleGenerator } from './complete-samples';
export { resolveClassifierConfig } from './config';
export type { ClassifierConfig, ClassifierModality, ClassifierOptions, Fusion } from './config';
export { JoinSpectrum, fuseEarly } from './network/join-spectrum';
export { registerClassifierLayers } from './network/register-classifier-layers';
export { createJudge } from './judge/judge';
export type { Judge } from './judge/judge';
export { JUDGE_DEFAULTS, trainJudge } from './judge/train-judge';
export type { TrainJudgeOptions } from './judge/train-judge';
export { accuracyOf } from './metrics/accuracy';
export type { Accuracy } from './metrics/accuracy';
export { calibrationError } from './metrics/calibration-error';
export { confusionMatrix } from './metrics/confusion-matrix';
export { scoreOfConfusion, scorePredictions } from './metrics/score';
export type { Score } from './metrics/score';
export { wilsonInterval } from './metrics/wilson-interval';
export type { CrossFitPart } from './missing/generated-halves';
export { trainMultimodalClassifier } from './missing/train-multimodal-classifier';
export type { TrainMultimodalOptions } from './missing/train-multimodal-classifier';
export { ROBUST_KINDS, trainRobustClassifier } from './missing/train-robust-classifier';
export type { RobustClassifier, RobustKind, TrainRobustOptions } from './missing/train-robust-classifier';
export { createMultimodalClassifier } from './multimodal-classifier';
export type {
  MultimodalClassification,
  MultimodalClassifier,
  MultimodalOptions,
  MultimodalSample,
  PooledClassifiers,
} from './multimodal-classifier';
export { crossFitOpinionPool } from './pool/cross-fit-opinion-pool';
export type { CrossFitOptions, FittedPool } from './pool/cross-fit-opinion-pool';
export { fitPoolWeights } from './pool/fit-pool-weights';
export type { LabelledOpinions } from './pool/fit-pool-weights';
export { COMPLETIONS, poolOpinions, PRIOR_WEIGHTS } from './pool/opinion-pool';
export type { Completion, ModalityWeights, Opinions, PoolWeights } from './pool/opinion-pool';
export type { Provenance } from './provenance';
export { sampleTensor } from './samples';
export type { SampleArrays, SampleTensors } from './samples';
export { CLASSIFIER_AUGMENTATIONS, LIGHT_AUGMENTATION } from './training/augment';
export type { Augmentation, ClassifierAugmentationName } from './training/augment';
export type { LabelledData, LabelledPair } from './training/labelled-data';
export { loadSampleBatch } from './training/sample-batch';
export { scorePairs } from './training/score-pairs';
export type { PairScore } from './training/score-pairs';
export { trainClassifier } from './training/train-classifier';
export type {
  ClassifierProgress,
  ClassifierSchedule,
  ResolvedSchedule,
  TrainClassifierOptions,
  TrainClassifierResult,
} from './training/train-classifier';
export { trainNewClassifier } from './training/train-new-classifier';
export type { TrainedClassifier, TrainNewClassifierOptions } from './training/train-new-classifier';
