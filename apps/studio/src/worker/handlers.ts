import type { Picture } from '@cmcgan/image-io';
import type { Output } from '@cmcgan/model';
import { load, type Model, type ModelSource } from 'cmcgan';
import type { Evidence, Kind, LoadedModel, StudioCalls, StudioSource } from '../protocol';
import { readPicture, readSound, type MonoSound } from './read-given';
import { pictureView, soundView } from './views';

type Handlers = { [Name in keyof StudioCalls]: (argument: StudioCalls[Name][0]) => Promise<StudioCalls[Name][1]> };

/** The functions that answer the page's calls. They keep the model and what was given between calls. */
export function createHandlers(): Handlers {
  let model: Model | undefined;
  let given: { picture?: Picture; sound?: MonoSound } = {};
  const loaded = () => {
    if (model === undefined) throw new Error('a model must be loaded first');
    return model;
  };
  return {
    async load(source) {
      const next = await loadSource(source);
      model?.dispose();
      model = next;
      return describeModel(next);
    },
    async give({ kind, content, name, fresh }) {
      if (kind === 'picture') {
        const picture = await readPicture(content as Blob, name);
        given = fresh ? { picture } : { ...given, picture };
        return pictureView(picture);
      }
      const sound = await readSound(content, name);
      given = fresh ? { sound } : { ...given, sound };
      return soundView(sound);
    },
    async generate({ from, output, seed, seconds }) {
      if (from === 'picture') {
        return soundView(await loaded().pictureToSound(given.picture!, { output, seed, seconds }));
      }
      const picture = await loaded().soundToPicture(given.sound!, { output, seed });
      return { ...(await pictureView(picture)), startSeconds: picture.startSeconds };
    },
    async classify({ evidence, seed }) {
      try {
        const { probabilities } = await loaded().classify(shown(given, evidence), { seed });
        return { evidence, probabilities };
      } catch (error) {
        if (/must have a classifier beside/.test((error as Error).message)) return null;
        throw error;
      }
    },
  };
}

const shown = ({ picture, sound }: { picture?: Picture; sound?: MonoSound }, evidence: Evidence) => ({
  ...(evidence === 'sound' ? {} : { picture }),
  ...(evidence === 'picture' ? {} : { sound }),
});

function loadSource(source: StudioSource): Promise<Model> {
  if (source === undefined) return load();
  if ('url' in source) return load(source.url);
  const { classifier, ...files } = source;
  return load(files satisfies ModelSource, { classifier });
}

function describeModel({ backend, classNames, ways }: Model): LoadedModel {
  const outputs = (from: 'V' | 'A'): Output[] => ways.filter((way) => way.from === from).map((way) => way.output);
  const byKind: Record<Kind, Output[]> = { picture: outputs('V'), sound: outputs('A') };
  return { backend, classNames, outputs: byKind };
}
