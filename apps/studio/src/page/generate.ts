import { otherKind, type Evidence, type Opinion } from '../protocol';
import { release, show } from './show';
import type { Shown, StudioState } from './state';
import type { Store } from './store';
import type { StudioClient } from './studio-client';
import type { Go } from './turns';

/** What the page's work needs. */
export interface Workplace {
  readonly client: StudioClient;
  readonly store: Store<StudioState>;
}

/** Generates from what was given, by every way that the model has, and asks the classifier. Does nothing while the model is loading. */
export async function generate({ client, store }: Workplace, go: Go): Promise<void> {
  const { get, set } = store;
  const { given, partner, model, seed, seconds } = get();
  if (given === undefined || model.phase === 'starting') return; // loading goes on from here
  if (model.loaded === undefined) throw new Error('there is no model to generate with; load one');
  const outputs = model.loaded.outputs[given.kind];
  if (outputs.length === 0)
    throw new Error(`this model cannot generate from a ${given.kind}; give it a ${otherKind(given.kind)}`);
  set({ busy: 'generating', error: undefined });
  for (const output of outputs) {
    const view = await client.call('generate', { from: given.kind, output, seed, seconds });
    go();
    const result = show(view);
    release(get().results[output]);
    const autoplay = output === outputs[0] ? soundOf(given, result)?.url : get().autoplay;
    set({ results: { ...get().results, [output]: result }, autoplay });
  }
  await classify({ client, store }, partner === undefined ? [given.kind] : [given.kind, partner.kind, 'both'], go);
}

/** Asks the classifier what it makes of each evidence. */
export async function classify({ client, store }: Workplace, evidences: readonly Evidence[], go: Go): Promise<void> {
  store.set({ busy: 'classifying' });
  const opinions: Opinion[] = [];
  for (const evidence of evidences) {
    const opinion = await client.call('classify', { evidence, seed: store.get().seed });
    go();
    if (opinion === null) return store.set({ opinions: null });
    opinions.push(opinion);
  }
  store.set({ opinions });
}

/** The sound of a pair, whichever it is. */
const soundOf = (...pair: Shown[]): Shown | undefined => pair.find(({ kind }) => kind === 'sound');
