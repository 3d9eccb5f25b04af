import { otherKind, type Kind, type StudioSource } from '../protocol';
import { classify, generate } from './generate';
import { fetchFile, readContent } from './read-content';
import { release } from './show';
import { EMPTY, type Content, type ExamplePair, type StudioState } from './state';
import { createStore, type Store } from './store';
import type { StudioClient } from './studio-client';
import { createTurns, sentenceOf, type Go } from './turns';

/** What the page does. */
export interface Studio extends Store<StudioState> {
  loadModel(source: StudioSource, name: string): Promise<void>;
  /** Generates from a picture or a sound; `partner` is the other one of a pair. */
  give(content: Content, partner?: Content): Promise<void>;
  /** Adds the other modality of what was given, for the classifier. */
  givePartner(content: Content): Promise<void>;
  giveExample(pair: ExamplePair, kind: Kind): Promise<void>;
  another(): Promise<void>;
  setSeconds(seconds: number): Promise<void>;
  showError(error: string): void;
  clear(): void;
}

/** Connects the page's state with the worker. */
export function createStudio(client: StudioClient): Studio {
  const store = createStore<StudioState>({ ...EMPTY, model: { phase: 'starting', name: '' }, seed: 1, seconds: 2 });
  const { get, set } = store;
  const takeTurn = createTurns(store);
  const work = { client, store };

  function forget() {
    const { given, partner, results } = get();
    for (const shown of [given, partner, ...Object.values(results)]) release(shown);
    set(EMPTY);
  }

  /** Reads something new; what was there before stays if that fails. */
  const begin = (first: () => Promise<Content>, second?: () => Promise<Content>) =>
    takeTurn(async (go) => {
      set({ busy: 'reading', error: undefined });
      const given = await readContent(await first(), { client, fresh: true, go });
      const partner = second && (await readContent(await second(), { client, fresh: false, go }));
      go();
      forget();
      set({ given, partner, busy: 'generating', seed: 1 });
      await generate(work, go);
    });

  const change = (changes: Partial<StudioState>) =>
    takeTurn((go) => {
      set(changes);
      return generate(work, go);
    });

  async function loadModel(source: StudioSource, name: string): Promise<void> {
    const before = get().model;
    set({ model: { ...before, phase: 'starting', name }, error: undefined });
    try {
      const loaded = await client.call('load', source);
      Object.values(get().results).forEach(release);
      set({ model: { phase: 'ready', name, loaded }, results: {}, opinions: [] });
    } catch (error) {
      const model = before.loaded === undefined ? ({ phase: 'failed', name } as const) : before;
      return set({ model, error: sentenceOf(error), busy: undefined });
    }
    await change({});
  }

  async function addPartner(content: Content, go: Go): Promise<void> {
    const { given, partner: earlier } = get();
    set({ busy: 'reading', error: undefined });
    const partner = await readContent(content, { client, fresh: false, go });
    go();
    release(earlier);
    set({ partner });
    await classify(work, [given!.kind, partner.kind, 'both'], go);
  }

  return {
    ...store,
    loadModel,
    give: (content, partner) => begin(async () => content, partner && (async () => partner)),
    giveExample: (pair, kind) =>
      begin(
        () => fetchFile(pair[kind]),
        () => fetchFile(pair[otherKind(kind)]),
      ),
    givePartner: (content) => takeTurn((go) => addPartner(content, go)),
    another: () => change({ seed: get().seed + 1 }),
    setSeconds: (seconds) => change({ seconds }),
    showError: (error) => set({ error }),
    clear: () => void takeTurn(async () => forget()),
  };
}
