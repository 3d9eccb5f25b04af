export { createCmcgan } from './cmcgan';
export type { Cmcgan } from './cmcgan';
export type {
  Architecture,
  CrossModalModel,
  GenerateFromOptions,
  GenerateSample,
  ModelConfigs,
  TrainableModel,
} from './cross-modal-model';
export { createChenGan } from './baselines/chen-gan';
export type { ChenGan } from './baselines/chen-gan';
export { resolveChenConfig } from './baselines/chen-config';
export type { ChenConfig, ChenFeature, ChenOptions } from './baselines/chen-config';
export type { ChenDiscriminator } from './baselines/chen-discriminator';
export { CHEN_DISCRIMINATOR_CHANNELS, CHEN_GENERATOR_CHANNELS, CHEN_MAP_SIZES } from './baselines/chen-architecture';
export { createAutoencoder } from './baselines/autoencoder';
export type { Autoencoder, AutoencoderOptions } from './baselines/autoencoder';
export { copyGenerator } from './copy-generator';
export { modelFromFiles } from './model-from-files';
export type { LoadedModel, ModelFileNames, ModelFiles } from './model-from-files';
export { chenGanFromTensors, cmcganFromTensors } from './model-from-tensors';
export type { ModelFromTensors, SavedConfig } from './model-from-tensors';
export { resolveConfig } from './config';
export type { CmcganConfig, CmcganOptions, DiscriminatorConfig } from './config';
export type { DataFacts } from './data-facts';
export {
  DECODER_CHANNELS,
  ENCODER_CHANNELS,
  KERNEL_SIZE,
  LEAKY_SLOPE,
  SAMPLE_SHAPES,
  STRIDE,
  featureSizes,
  scaleChannels,
} from './architecture';
export type { Depth, Modality } from './architecture';
export {
  DIRECTIONS,
  MODALITIES,
  PATHS,
  WAYS,
  endOf,
  generatedRoles,
  intermediateOf,
  modalityOf,
  otherModality,
  pathName,
  sourceOf,
  wayName,
  waysOf,
} from './paths';
export type { Direction, GeneratedRole, GeneratorRole, Output, Path, Role, Way } from './paths';
export { drawLatents } from './draw-latents';
export type { DrawNormals, LatentShape, NormalSource } from './draw-latents';
export type { ApplyArguments, MovingStatistics, StatisticsUpdate } from './layers/apply-arguments';
export { BATCH_NORM_EPSILON, Block, variableOf } from './layers/block';
export type { BlockArguments, BlockEnding } from './layers/block';
export { ConvolutionBlock, TransposedConvolutionBlock } from './layers/convolution-block';
export type { ConvolutionBlockArguments, TransposedConvolutionBlockArguments } from './layers/convolution-block';
export { DenseBlock } from './layers/dense-block';
export type { DenseBlockArguments } from './layers/dense-block';
export { JoinLatent } from './layers/join-latent';
export { Replicate } from './layers/replicate';
export { registerLayers } from './layers/register-layers';
export { seededInitialValues } from './layers/initial-values';
export type { InitialValue, InitialValues, Initialisation } from './layers/initial-values';
export type { Discriminator } from './networks/discriminator';
export { convolutions } from './networks/encoder';
export { applyNetwork, buildNetwork, namedVariables } from './networks/network';
export type { NetworkParts } from './networks/network';
export { buildFromTensors } from './build-from-tensors';
export type { NamedTensors } from './build-from-tensors';
export { generateBatches } from './generate';
export type { GenerateOptions, GeneratorNetworks } from './generate';
export { samplesByRole, takeRoles } from './role-batch';
export type { Generated, RoleBatch } from './role-batch';
export { createStatisticsCollector } from './statistics-collector';
export type { StatisticsCollector } from './statistics-collector';
export type { ParameterCounts } from './parameter-counts';
export { fromSafetensors, toSafetensors } from './safetensors';
export type { SafetensorsContent, StoredType, TensorData } from './safetensors';
