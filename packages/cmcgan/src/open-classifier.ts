import type { DecibelRange } from '@cmcgan/audio-features';
import { classifierFromFiles, type Classifier } from '@cmcgan/classifier';
import type { Platform } from './platform';
import { openContents, openFolder, type Folder, type ModelContents, type OpenedFiles } from './sources/model-source';

/** Where a classifier comes from: its folder, or that of the judges of an evaluation, or the contents of its files. */
export type ClassifierSource = string | URL | ModelContents;

/** What is needed to find the classifier of a generator. */
export interface ClassifierSearch {
  /** The one asked for. */
  readonly source: ClassifierSource | undefined;
  /** The folders beside the generator, searched if none is asked for. */
  readonly beside: readonly Folder[];
  readonly platform: Platform;
  /** The generator's, which must be the classifier's too. */
  readonly decibelRange: DecibelRange;
}

/** The judge of an evaluation that classifies a picture and a sound together. */
const JUDGE_OF_BOTH = 'both';

/**
 * Loads the classifier of pictures with sounds that belongs to a generator. The caller must dispose of it.
 *
 * @throws if there is none, or it is one of pictures or sounds only, or it was trained with another dB range
 */
export async function openClassifier(search: ClassifierSearch): Promise<Classifier> {
  const files = await findFiles(search);
  if (files === undefined) throw new Error(absence(search));
  const { classifier, provenance } = classifierFromFiles(files, { ...files.names, functionName: 'classify' });
  try {
    const { modality } = classifier.config;
    if (modality !== 'VA') throw new Error(`${files.names.config} must be of a classifier of modality VA, got ${modality}`);
    const [own, wanted] = [inWords(provenance.data.decibelRange), inWords(search.decibelRange)];
    if (own !== wanted)
      throw new Error(`${files.names.config} must be of a classifier for sounds of ${wanted}, as the generator's, got ${own}`);
    return classifier;
  } catch (error) {
    classifier.dispose();
    throw error;
  }
}

async function findFiles({ source, beside, platform }: ClassifierSearch): Promise<OpenedFiles | undefined> {
  const isName = typeof source === 'string' || source instanceof URL;
  if (source !== undefined && !isName) return openContents(source, 'classifier', platform.readFile);
  const asked = isName ? platform.folderOf(source) : undefined;
  for (const folder of asked ? [asked, asked.inner(JUDGE_OF_BOTH)] : beside) {
    const files = await openFolder(folder);
    if (files !== undefined) return files;
  }
  return undefined;
}

function absence({ source, beside }: ClassifierSearch): string {
  if (source !== undefined) return `${String(source)} must hold a classifier, but there is no config.json in it`;
  const place = beside.length === 0 ? '' : `, in the folder ${beside.map((folder) => folder.nameOf('')).join(' or ')}`;
  return `the model must have a classifier beside its generator${place}, but there is none; pass one to load, as { classifier: 'evaluation/judge/both' }`;
}

const inWords = ({ floorDb, ceilingDb }: DecibelRange) => `${floorDb} to ${ceilingDb} dB`;
