import type { DecibelRange } from '@cmcgan/audio-features';
import {
  classifierFromFiles,
  createMultimodalClassifier,
  type Classification,
  type Classifier,
  type ClassifierModality,
  type MultimodalClassifier,
} from '@cmcgan/classifier';
import type { CompletePair } from './complete-pair';
import type { Platform } from './platform';
import {
  openClassifierContents,
  openClassifierFolder,
  type ClassifierPlace,
  type ClassifierSource,
  type OpenedClassifier,
} from './sources/classifier-source';
import type { OpenedFiles } from './sources/model-source';

/** What is needed to find the classifier of a generator. */
export interface ClassifierSearch {
  /** The one asked for. */
  readonly source: ClassifierSource | undefined;
  /** Places where the generator's own may be, searched if none is asked for. */
  readonly places: readonly ClassifierPlace[];
  readonly platform: Platform;
  /** The generator's, which must be the classifier's too. */
  readonly decibelRange: DecibelRange;
}

/** Classifies a picture with its sound. */
export interface PairClassifier {
  readonly classNames: readonly string[];
  classify(pair: CompletePair): Promise<Classification>;
  dispose(): void;
}

/** The judge of an evaluation that classifies a picture and a sound together. */
const JUDGE_OF_BOTH = 'both';

/** No half is generated here: pairs are complete. */
const NO_GENERATOR = { latentSize: 0 };

/**
 * Loads the classifier of pictures with sounds that belongs to a generator: one that sees both at once, or two whose opinions are pooled, which
 * take a generated half only as far as it can be trusted. The caller must dispose of it.
 *
 * @throws if there is none, or it is one of pictures or sounds only, or it was trained with another dB range
 */
export async function openClassifier(search: ClassifierSearch): Promise<PairClassifier> {
  const opened = await findClassifier(search);
  if (opened === undefined) throw new Error(absence(search));
  const built: Classifier[] = [];
  const build = (files: OpenedFiles, modality: ClassifierModality) => {
    const { classifier, provenance } = classifierFromFiles(files, { ...files.names, functionName: 'classify' });
    built.push(classifier);
    assertFits(classifier, { files, modality, range: provenance.data.decibelRange, wanted: search.decibelRange });
    return classifier;
  };
  const dispose = () => built.forEach((classifier) => classifier.dispose());
  try {
    const experts =
      'weights' in opened && 'image' in opened
        ? { V: build(opened.image, 'V'), A: build(opened.sound, 'A'), weights: opened.weights }
        : { VA: build(opened, 'VA') };
    return { ...ofPairs(createMultimodalClassifier({ ...experts, generator: NO_GENERATOR })), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

const GENERATED = { picture: 'image', sound: 'sound' } as const;

const ofPairs = (classifier: MultimodalClassifier): Omit<PairClassifier, 'dispose'> => ({
  classNames: classifier.classNames,
  classify: ({ image, sound, generated }) =>
    classifier.classify({ image, sound, generated: generated === null ? undefined : GENERATED[generated] }),
});

interface Fit {
  readonly files: OpenedFiles;
  readonly modality: ClassifierModality;
  readonly range: DecibelRange;
  readonly wanted: DecibelRange;
}

function assertFits({ config }: Classifier, { files, modality, range, wanted }: Fit): void {
  const name = files.names.config;
  if (config.modality !== modality)
    throw new Error(`${name} must be of a classifier of modality ${modality}, got ${config.modality}`);
  if (!modality.includes('A') || inWords(range) === inWords(wanted)) return;
  throw new Error(`${name} must be of a classifier for sounds of ${inWords(wanted)}, as the generator's, got ${inWords(range)}`);
}

async function findClassifier({ source, places, platform }: ClassifierSearch): Promise<OpenedClassifier | undefined> {
  const isName = typeof source === 'string' || source instanceof URL;
  if (source !== undefined && !isName) return openClassifierContents(source, platform.readFile);
  const asked = isName ? platform.folderOf(source) : undefined;
  const folders = asked && [asked, asked.inner(JUDGE_OF_BOTH)].map((folder) => ({ open: () => openClassifierFolder(folder) }));
  for (const place of folders ?? places) {
    const opened = await place.open();
    if (opened !== undefined) return opened;
  }
  return undefined;
}

function absence({ source, places }: ClassifierSearch): string {
  if (source !== undefined) return `${String(source)} must hold a classifier, but there is no config.json in it`;
  const place = places.length === 0 ? '' : `, in the folder ${places.map(({ name }) => name).join(' or ')}`;
  return `the model must have a classifier beside its generator${place}, but there is none; pass one to load, as { classifier: 'evaluation/judge/both' }`;
}

const inWords = ({ floorDb, ceilingDb }: DecibelRange) => `${floorDb} to ${ceilingDb} dB`;
