import { LMS_SAMPLE_RATE_HZ, type DecibelRange } from '@cmcgan/audio-features';
import { modelFromFiles } from '@cmcgan/model';
import { oneOf, parseOptions, wholeNumber } from '@cmcgan/options';
import * as z from 'zod/mini';
import { abortSignal, type AbortOption } from './abort';
import { describe } from './inputs/file-content';
import { createModel, type Model } from './model';
import { named } from './named-errors';
import { openClassifier } from './open-classifier';
import type { Platform } from './platform';
import type { ClassifierSource } from './sources/classifier-source';
import { openContents, type ModelSource, type ReadFile } from './sources/model-source';
import type { OpenedModel } from './sources/opened-model';
import { openReleased } from './sources/released';
import { startBackend, type BackendOptions } from './start-backend';

export interface LoadOptions extends BackendOptions, AbortOption {
  /**
   * The classifier of pictures with sounds that `classify` needs: the path or URL of its folder, or of the folder of the judges that an evaluation
   * saved; or the contents of its files. Default: the folder `classifier` beside the generator's files, or in its run.
   */
  classifier?: ClassifierSource;
  /** The dB that -1 and 1 of the model's sounds stand for. Default: as its configuration says. */
  decibelRange?: DecibelRange;
}

const loadOptions = z.strictObject(
  {
    backend: z.optional(oneOf(['webgpu', 'wasm'])),
    threads: z.optional(wholeNumber(1)),
    classifier: z.optional(z.custom<ClassifierSource>()),
    decibelRange: z.optional(z.strictObject({ floorDb: z.number(), ceilingDb: z.number() }, 'must be { floorDb, ceilingDb }')),
    signal: abortSignal,
  },
  'must be an object',
);

/** Loads a model from its source, by default the released weights, and starts a backend. The caller must dispose of the model. */
export type Load = (source?: ModelSource, options?: LoadOptions) => Promise<Model>;

/** The `load` of a platform. */
export const createLoad =
  (platform: Platform): Load =>
  (source, options = {}) =>
    named('load', options, async () => {
      const { decibelRange: asked, classifier, signal, ...wanted } = parseOptions('load', loadOptions, options);
      const opened = await open(source, platform, signal);
      signal?.throwIfAborted();
      const backend = await startBackend(wanted, platform.wasmBinary);
      signal?.throwIfAborted();
      const network = modelFromFiles(opened, { ...opened.names, functionName: 'load' });
      try {
        const { decibelRange, sampleRateHz = LMS_SAMPLE_RATE_HZ } = network.config;
        if (sampleRateHz !== LMS_SAMPLE_RATE_HZ) {
          throw new Error(`${opened.names.config} must have the sampleRateHz ${LMS_SAMPLE_RATE_HZ}, got ${sampleRateHz}`);
        }
        const range = rangeOf(asked, decibelRange, opened);
        const search = { source: classifier, places: opened.classifiers, platform, decibelRange: range };
        return createModel({ network, decibelRange: range, backend, platform, openClassifier: () => openClassifier(search) });
      } catch (error) {
        network.dispose();
        throw error;
      }
    });

async function open(source: ModelSource | undefined, platform: Platform, signal?: AbortSignal): Promise<OpenedModel> {
  const readFile: ReadFile = (name) => platform.readFile(name, signal);
  if (source === undefined) return openReleased(readFile);
  if ((typeof source === 'string' && source !== '') || source instanceof URL) return platform.openModel(source, signal);
  if (typeof source !== 'object')
    throw new Error(`source must be a path, a URL, or { config, weights }, got ${describe(source)}`);
  return { ...(await openContents(source, 'model', readFile)), classifiers: [] };
}

function rangeOf(asked: DecibelRange | undefined, own: DecibelRange | undefined, { names }: OpenedModel): DecibelRange {
  const range = asked ?? own;
  if (range === undefined) {
    throw new Error(
      `${names.config} must have a decibelRange, which says how loud the sounds are; if you know it, pass { decibelRange: { floorDb, ceilingDb } }`,
    );
  }
  if (range.floorDb < range.ceilingDb) return range;
  throw new Error(`decibelRange must have floorDb below ceilingDb, got ${range.floorDb} and ${range.ceilingDb}`);
}
