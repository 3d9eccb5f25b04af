import { expect, it } from 'vitest';
import { droppedFiles, modelAmong } from './model-files';

const at = (path: string, content: object | string = path) => ({
  path,
  file: new File([typeof content === 'string' ? content : JSON.stringify(content)], path.split('/').at(-1)!),
});
/** The two files of a folder; the weights hold the folder's name. */
const model = (folder: string, config: object = {}) => [
  at(`${folder}config.json`, config),
  at(`${folder}model.safetensors`, folder),
];
const weightsOf = async (files: Parameters<typeof modelAmong>[0]) => {
  const found = await modelAmong(files);
  if ('url' in found) throw new Error('no files');
  const { classifier } = found;
  const seen = classifier && ('pool' in classifier ? classifier.sound : classifier);
  return { weights: await found.weights.text(), classifier: await seen?.weights.text() };
};

it('takes the two files by themselves', async () => {
  expect(await weightsOf(model(''))).toEqual({ weights: '', classifier: undefined });
});

it('takes the best checkpoint of a run, or else the last, and the classifier of both modalities beside it', async () => {
  const run = [at('run/config.json', {}), ...model('run/checkpoints/previous/'), ...model('run/checkpoints/last/')];
  expect(await weightsOf(run)).toEqual({ weights: 'run/checkpoints/last/', classifier: undefined });
  const judged = [
    ...run,
    ...model('run/checkpoints/best/'),
    ...model('run/judge/image/', { classifier: { modality: 'V' } }),
    ...model('run/classifier/', { classifier: { modality: 'VA' } }),
  ];
  expect(await weightsOf(judged)).toEqual({ weights: 'run/checkpoints/best/', classifier: 'run/classifier/' });
});

it('takes two classifiers whose opinions are pooled', async () => {
  const files = [
    ...model('weights/'),
    at('weights/classifier/pool.json', {}),
    ...model('weights/classifier/image/', { classifier: { modality: 'V' } }),
    ...model('weights/classifier/sound/', { classifier: { modality: 'A' } }),
  ];
  expect(await weightsOf(files)).toEqual({ weights: 'weights/', classifier: 'weights/classifier/sound/' });
});

it('says what is missing', async () => {
  await expect(modelAmong([at('a/config.json', {}), at('b/model.safetensors')])).rejects.toThrow(
    'a model is config.json and model.safetensors, both at once, but there is only a/config.json, b/model.safetensors',
  );
});

it('finds the files of a dropped folder, of which browsers list only some at a time', async () => {
  const file = (fullPath: string) => ({
    fullPath,
    isFile: true,
    file: (done: (file: File) => void) => done(new File([], fullPath.split('/').at(-1)!)),
  });
  const folder = (fullPath: string, ...lists: object[][]) => ({
    fullPath,
    isFile: false,
    createReader: () => {
      const left = [...lists, []];
      return { readEntries: (done: (entries: object[]) => void) => done(left.shift()!) };
    },
  });
  const last = folder('/run/last', [file('/run/last/config.json')], [file('/run/last/model.safetensors')]);
  const items = [folder('/run', [file('/run/log.jsonl'), last]), null].map((entry) => ({ webkitGetAsEntry: () => entry }));
  const found = await droppedFiles({ items, files: [] } as unknown as DataTransfer);
  expect(found.map(({ path }) => path)).toEqual(['run/log.jsonl', 'run/last/config.json', 'run/last/model.safetensors']);
});
