// Loads the models of a folder's subfolders by HTTP, with TensorFlow.js as it comes and nothing of ours, and writes what each predicts from
// the samples in its inputs.json to outputs.json: lists of { shape, values }.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

const folder = process.argv[2];
const server = createServer(({ url }, response) => response.end(readFileSync(join(folder, url))));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
for (const name of readdirSync(folder)) {
  const model = await tf.loadLayersModel(`http://127.0.0.1:${server.address().port}/${name}/model.json`);
  const inputs = JSON.parse(readFileSync(join(folder, name, 'inputs.json'), 'utf8'));
  const tensors = inputs.map(({ shape, values }) => tf.tensor(values, shape));
  const output = model.predict(tensors.length === 1 ? tensors[0] : tensors);
  const { shape } = output;
  const found = { shape, values: [...output.dataSync()], inputNames: model.inputNames, metadata: model.getUserDefinedMetadata() };
  writeFileSync(join(folder, name, 'outputs.json'), JSON.stringify(found));
}
server.close();
