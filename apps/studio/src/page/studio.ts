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
    readonly error?: string;
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

/** An example: a picture and the sound that goes with it. */
export interface ExamplePair {
  readonly name: string;
  readonly picture: string;
  readonly sound: string;
}

/** Something to generate from: a file, or a recording of the microphone. */
export type Content = File | { readonly name: string; readonly samples: Float32Array; readonly sampleRateHz: number };

/** What the page does. */
export interface Studio extends Store<StudioState> {
  loadModel(source: StudioSource, name: string): Promise<void>;
  give(content: Content): Promise<void>;
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

/** Connects the page's state with the worker. */
export function createStudio(client: StudioClient): Studio {
  const store = createStore<StudioState>({ ...EMPTY, model: { phase: 'starting', name: '' }, seed: 1, seconds: 2 });
  const { get, set } = store;
  let turn = 0; // answers to an earlier turn are dropped

  /** Does one turn's work; what it still waits for is given up as soon as another one begins. */
  async function take(work: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    const mine = ++turn;
    const isCurrent = () => mine === turn;
    try {
      await work(isCurrent);
      if (isCurrent()) set({ busy: undefined });
    } catch (error) {
      if (isCurrent()) set({ busy: undefined, error: sentenceOf(error) });
    }
  }

  async function read(content: Content, fresh: boolean): Promise<Given> {
    const kind = content instanceof File ? await fileKind(content) : 'sound';
    if (kind === 'model' || kind === 'unknown') throw new Error(`${content.name} must be a picture or a sound`);
    const decoded =
      content instanceof File && kind === 'sound' && (await needsBrowser(content)) ? await decodeInBrowser(content) : content;
    const view = await client.call('give', { kind, content: decoded, name: content.name, fresh });
    const shown = kind === 'picture' ? ({ kind, url: URL.createObjectURL(content as File) } as const) : show(view);
    return { ...shown, name: content.name };
  }

  async function generate(isCurrent: () => boolean): Promise<void> {
    const { given, partner, model, seed, seconds } = get();
    if (given === undefined || model.loaded === undefined) return;
    const outputs = model.loaded.outputs[given.kind];
    if (outputs.length === 0) throw new Error(`${model.name} cannot generate from a ${given.kind}; load another model`);
    set({ busy: 'generating', error: undefined });
    for (const output of outputs) {
      const result = show(await client.call('generate', { from: given.kind, output, seed, seconds }));
      if (!isCurrent()) return release(result);
      const first = output === outputs[0];
      release(get().results[output]);
      set({ results: { ...get().results, [output]: result }, ...(first ? { autoplay: soundOf(given, result)?.url } : {}) });
    }
    await classify(partner === undefined ? [given.kind] : [given.kind, partner.kind, 'both'], isCurrent);
  }

  async function classify(evidences: readonly Evidence[], isCurrent: () => boolean): Promise<void> {
    set({ busy: 'classifying' });
    const opinions: Opinion[] = [];
    for (const evidence of evidences) {
      const opinion = await client.call('classify', { evidence, seed: get().seed });
      if (!isCurrent()) return;
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

  const begin = (reading: () => Promise<{ given: Given; partner?: Given }>) =>
    take(async (isCurrent) => {
      forget();
      set({ busy: 'reading', seed: 1 });
      const both = await reading();
      if (!isCurrent()) return [both.given, both.partner].forEach(release);
      set(both);
      await generate(isCurrent);
    });

  return {
    ...store,
    loadModel: (source, name) =>
      take(async (isCurrent) => {
        const before = get().model;
        set({ model: { ...before, phase: 'starting', name }, error: undefined });
        try {
          const loaded = await client.call('load', source);
          set({ model: { phase: 'ready', name, loaded } });
        } catch (error) {
          const kept = before.loaded === undefined ? { phase: 'failed' as const, name, error: sentenceOf(error) } : before;
          set({ model: kept, error: sentenceOf(error) });
          return;
        }
        if (!isCurrent()) return;
        for (const result of Object.values(get().results)) release(result);
        set({ results: {}, opinions: [] });
        await generate(isCurrent);
      }),
    give: (content) => begin(async () => ({ given: await read(content, true) })),
    giveExample: (pair, kind) =>
      begin(async () => ({
        given: await read(await fetchFile(pair[kind]), true),
        partner: await read(await fetchFile(pair[other(kind)]), false),
      })),
    givePartner: (content) =>
      take(async (isCurrent) => {
        const { given } = get();
        set({ busy: 'reading', error: undefined });
        const partner = await read(content, false);
        if (partner.kind === given?.kind) {
          throw new Error(`${content.name} must be a ${other(given.kind)}, to go with the ${given.kind}`);
        }
        if (!isCurrent()) return release(partner);
        set({ partner });
        await classify([given!.kind, partner.kind, 'both'], isCurrent);
      }),
    another: () =>
      take((isCurrent) => {
        set({ seed: get().seed + 1 });
        return generate(isCurrent);
      }),
    setSeconds: (seconds) =>
      take((isCurrent) => {
        set({ seconds });
        return generate(isCurrent);
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
