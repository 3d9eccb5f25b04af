import type { Output } from '@cmcgan/model';
import type { Evidence, Kind, LoadedModel, Opinion, PictureView, SoundView, StudioSource } from '../protocol';
import { decodeInBrowser } from './decode-in-browser';
import { fileKind, needsBrowser } from './file-kind';
import { createStore, type Store } from './store';
import type { StudioClient } from './studio-client';

/** A sound to play and save, by its URL. */
export interface ShownSound extends Omit<SoundView, 'wav'> {
  readonly url: string;
}

/** A picture to show and save, by its URL. */
export interface ShownPicture extends Omit<PictureView, 'png'> {
  readonly url: string;
}

export type Shown = ShownPicture | ShownSound;

/** What was given, and what it is called. */
export type Given = Shown & { readonly name: string };

/** All that the page shows. */
export interface StudioState {
  readonly model: {
    readonly phase: 'starting' | 'ready' | 'failed';
    readonly name: string;
    readonly loaded?: LoadedModel;
  };
  /** The one that the results are generated from. */
  readonly given?: Given;
  /** The other modality, if it is known too: only the classifier sees it. */
  readonly partner?: Given;
  readonly seed: number;
  readonly seconds: number;
  readonly busy?: 'reading' | 'generating' | 'classifying';
  readonly results: { readonly [output in Output]?: Shown };
  /** What the classifier answers; null if the model has none. */
  readonly opinions: readonly Opinion[] | null;
  readonly error?: string;
  /** Which sound plays as soon as it is there. */
  readonly autoplay?: string;
}

/** The URLs of a picture and the sound that goes with it. */
export interface ExamplePair {
  readonly picture: string;
  readonly sound: string;
}

/** Something to generate from: a file, or a recording of the microphone. */
export type Content = File | { readonly name: string; readonly samples: Float32Array; readonly sampleRateHz: number };

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

const EMPTY = { given: undefined, partner: undefined, results: {}, opinions: [], error: undefined, busy: undefined } as const;

const other = (kind: Kind): Kind => (kind === 'picture' ? 'sound' : 'picture');

/** Thrown by work whose result nobody waits for any more. */
class Superseded extends Error {}

/** Connects the page's state with the worker. */
export function createStudio(client: StudioClient): Studio {
  const store = createStore<StudioState>({ ...EMPTY, model: { phase: 'starting', name: '' }, seed: 1, seconds: 2 });
  const { get, set } = store;
  let turn = 0;

  /** Does one turn's work, which ends as soon as another one begins: `go` throws then. */
  async function take(work: (go: () => void) => Promise<void>): Promise<void> {
    const mine = ++turn;
    try {
      await work(() => {
        if (mine !== turn) throw new Superseded();
      });
      if (mine === turn) set({ busy: undefined });
    } catch (error) {
      if (mine === turn) set({ busy: undefined, error: sentenceOf(error) });
    }
  }

  async function read(content: Content, { fresh, go }: { fresh: boolean; go: () => void }): Promise<Given> {
    const kind = content instanceof File ? await fileKind(content) : 'sound';
    if (kind === 'model' || kind === 'unknown') throw new Error(`${content.name} must be a picture or a sound`);
    const byBrowser = content instanceof File && kind === 'sound' && (await needsBrowser(content));
    const decoded = byBrowser ? await decodeInBrowser(content) : content;
    go();
    const view = await client.call('give', { kind, content: decoded, name: content.name, fresh });
    const shown = kind === 'picture' ? ({ kind, url: URL.createObjectURL(content as File) } as const) : show(view);
    return { ...shown, name: content.name };
  }

  async function generate(go: () => void): Promise<void> {
    const { given, partner, model, seed, seconds } = get();
    if (given === undefined || model.phase === 'starting') return; // loading the model goes on from here
    if (model.loaded === undefined) throw new Error('there is no model to generate with; load one');
    const outputs = model.loaded.outputs[given.kind];
    if (outputs.length === 0) throw new Error(`this model cannot generate from a ${given.kind}; give it a ${other(given.kind)}`);
    set({ busy: 'generating', error: undefined });
    for (const output of outputs) {
      const view = await client.call('generate', { from: given.kind, output, seed, seconds });
      go();
      const result = show(view);
      release(get().results[output]);
      const autoplay = output === outputs[0] ? soundOf(given, result)?.url : get().autoplay;
      set({ results: { ...get().results, [output]: result }, autoplay });
    }
    await classify(partner === undefined ? [given.kind] : [given.kind, partner.kind, 'both'], go);
  }

  async function classify(evidences: readonly Evidence[], go: () => void): Promise<void> {
    set({ busy: 'classifying' });
    const opinions: Opinion[] = [];
    for (const evidence of evidences) {
      const opinion = await client.call('classify', { evidence, seed: get().seed });
      go();
      if (opinion === null) return set({ opinions: null });
      opinions.push(opinion);
    }
    set({ opinions });
  }

  function forget() {
    const { given, partner, results } = get();
    for (const shown of [given, partner, ...Object.values(results)]) release(shown);
    set(EMPTY);
  }

  /** Reads something new; what was there before stays if that fails. */
  const begin = (first: () => Promise<Content>, second?: () => Promise<Content>) =>
    take(async (go) => {
      set({ busy: 'reading', error: undefined });
      const given = await read(await first(), { fresh: true, go });
      const partner = second && (await read(await second(), { fresh: false, go }));
      go();
      forget();
      set({ given, partner, busy: 'generating', seed: 1 });
      await generate(go);
    });

  async function loadModel(source: StudioSource, name: string): Promise<void> {
    const before = get().model;
    set({ model: { ...before, phase: 'starting', name }, error: undefined });
    try {
      const loaded = await client.call('load', source);
      Object.values(get().results).forEach(release);
      set({ model: { phase: 'ready', name, loaded }, results: {}, opinions: [] });
    } catch (error) {
      const sentence = sentenceOf(error);
      set({ model: before.loaded === undefined ? { phase: 'failed', name } : before, error: sentence, busy: undefined });
      return;
    }
    await take(generate);
  }

  async function addPartner(content: Content, go: () => void): Promise<void> {
    const { given, partner: earlier } = get();
    set({ busy: 'reading', error: undefined });
    const partner = await read(content, { fresh: false, go });
    go();
    release(earlier);
    set({ partner });
    await classify([given!.kind, partner.kind, 'both'], go);
  }

  return {
    ...store,
    loadModel,
    give: (content, partner) => begin(async () => content, partner && (async () => partner)),
    giveExample: (pair, kind) =>
      begin(
        () => fetchFile(pair[kind]),
        () => fetchFile(pair[other(kind)]),
      ),
    givePartner: (content) => take((go) => addPartner(content, go)),
    another: () =>
      take((go) => {
        set({ seed: get().seed + 1 });
        return generate(go);
      }),
    setSeconds: (seconds) =>
      take((go) => {
        set({ seconds });
        return generate(go);
      }),
    showError: (error) => set({ error }),
    clear: () => void take(async () => forget()),
  };
}

/** The sound of a pair, whichever it is. */
const soundOf = (...pair: Shown[]): Shown | undefined => pair.find(({ kind }) => kind === 'sound');

/** Gives a view's file a URL. */
function show(view: PictureView | SoundView): Shown {
  if (view.kind === 'picture') {
    const { png, ...rest } = view;
    return { ...rest, url: URL.createObjectURL(new Blob([png], { type: 'image/png' })) };
  }
  const { wav, ...rest } = view;
  return { ...rest, url: URL.createObjectURL(new Blob([wav], { type: 'audio/wav' })) };
}

const release = (shown: Shown | undefined): void => {
  if (shown !== undefined) URL.revokeObjectURL(shown.url);
};

/** An error without the name of the function that it comes from, which readers of the page did not call. */
const sentenceOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\w+: /, '');
};

async function fetchFile(url: string): Promise<File> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} must be there, but the server answers with status ${response.status}`);
  return new File([await response.blob()], url.split('/').at(-1)!);
}
