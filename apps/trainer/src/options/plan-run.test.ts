import { join } from 'node:path';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { planRun } from './plan-run';
import type { TypedFlags } from './read-flags';

const root = temporaryFolder('plan-run');
const optionsOf = async (flags: TypedFlags) => (await planRun(flags, root)).options;

describe('planRun', () => {
  it('has the same settings for musicians that were simulated before as for those that the run simulates', async () => {
    await simulateDataset(join(root, 'musicians'), { seed: 1, pairsPerClass: 1, validationPairsPerClass: 1 });
    const expected = await optionsOf({ variant: 'lcgan' });
    const { data, ...others } = await optionsOf({ variant: 'lcgan', data: 'musicians' });
    expect(data).toEqual({ ...expected.data, folder: join(root, 'musicians') });
    expect({ ...others, data: expected.data }).toEqual(expected);
    expect((await optionsOf({ variant: 'lcgan', data: '.' })).contrastiveSteps).toBe(0);
    expect(others.contrastiveSteps).toBe(3000);
    expect((await optionsOf({ data: 'musicians', contrastiveSteps: '5' })).contrastiveSteps).toBe(5);
  });
});
