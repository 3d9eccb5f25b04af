import '@tensorflow/tfjs-backend-cpu';
import { io, randomNormal } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../../test/browser/files-in-page';
import { cmcganFromTensors, createCmcgan, fromSafetensors, registerLayers } from '../../src/index';
import type { CmcganConfig } from '../../src/index';

const valuesOf = (tensor: unknown) => [...(tensor as Tensor).dataSync()];

describe('networks in a browser', () => {
  it('give back through loadLayersModel what save wrote', async () => {
    registerLayers();
    const { encoderV } = createCmcgan({ width: 1 / 64, depth: 5, seed: 1 });
    let saved: io.ModelArtifacts | undefined;
    await encoderV.save(
      io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const modelTopology = JSON.parse(JSON.stringify(saved!.modelTopology)) as object;
    const back = await loadLayersModel(io.fromMemory({ ...saved!, modelTopology }));
    const image = randomNormal([1, 128, 128, 3], 0, 1, 'float32', 1);
    expect(valuesOf(back.predict(image))).toEqual(valuesOf(encoderV.predict(image)));
  });

  it('are made of the files that saveModel wrote in Node, and generate the same', () => {
    const config = JSON.parse(new TextDecoder().decode(bytesOf('config.json'))) as CmcganConfig;
    const model = cmcganFromTensors(config, fromSafetensors(bytesOf('model.safetensors')).tensors);
    const sound = model.generateSound(randomNormal([1, 128, 128, 3], 0, 1, 'float32', 1), randomNormal([1, 1, 1, 4], 0, 1, 'float32', 2)); // prettier-ignore
    const expected = new Float32Array(bytesOf('sound.bin').slice().buffer);
    const differences = valuesOf(sound).map((value, i) => Math.abs(value - expected[i]));
    expect(differences.length).toBe(128 * 32);
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });
});
