import { readdirSync, readFileSync } from 'node:fs';
import { matMul, ones } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { hasNative } from '../../../test/extras/native';
import { loadNative } from '../src/index';

/** The names that Linux gives to this process's threads. */
const threadNames = () =>
  readdirSync('/proc/self/task').map((thread) => readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim());

if (await hasNative("TensorFlow's number of threads"))
  it('computes on the requested number of threads', () => {
    loadNative({ device: 'processor', threads: 3, packageFolder: process.env.CMCGAN_TFJS_NODE });
    expect(matMul(ones([300, 300]), ones([300, 300])).dataSync()[0]).toBe(300);
    expect(threadNames().filter((name) => name.startsWith('tf_Compute'))).toHaveLength(3);
  });
else it.skip('computes on the requested number of threads: tfjs-node is not built', () => undefined);
