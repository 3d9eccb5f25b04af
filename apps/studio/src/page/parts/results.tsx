import type { Output } from '@cmcgan/model';
import type { ComponentChildren } from 'preact';
import type { Kind } from '../../protocol';
import type { Shown, StudioState } from '../state';
import type { Studio } from '../studio';
import { Controls } from './controls';
import { Icon } from './icon';
import { Opinions } from './opinions';
import { PathName } from './path-name';
import { ShownPart } from './shown';

/** The two ways to the other modality, in words and as the paper writes them. */
const WAYS: Readonly<Record<Kind, Readonly<Record<Output, { title: string; path: string }>>>> = {
  picture: { pathEnd: { title: 'By way of a picture', path: 'VVA' }, direct: { title: 'Directly', path: 'VA' } },
  sound: { pathEnd: { title: 'By way of a sound', path: 'AAV' }, direct: { title: 'Directly', path: 'AV' } },
};

const TITLES: Readonly<Record<Kind, string>> = { picture: 'How the picture sounds', sound: 'What the sound looks like' };

interface ResultsProps {
  state: StudioState;
  studio: Studio;
  buttons: ComponentChildren;
  onRecordPartner(kind: Kind): void;
}

/** What was given, what was generated from it, and what the classifier makes of them. */
export function Results({ state, studio, buttons, onRecordPartner }: ResultsProps) {
  const { given, model, busy } = state;
  const possible = given === undefined ? [] : (model.loaded?.outputs[given.kind] ?? []);
  const outputs = possible.length > 0 ? possible : (['pathEnd', 'direct'] as const);
  return (
    <>
      <div class="results-head">
        <h1>{given === undefined ? 'One moment …' : TITLES[given.kind]}</h1>
        {buttons}
      </div>
      <section
        class={`stage given-${given?.kind ?? 'unknown'} ${busy === 'reading' ? 'working' : ''}`}
        aria-label="Result"
        aria-busy={busy !== undefined}
      >
        <GivenCard state={state} />
        {outputs.map((output) => (
          <ResultCard key={output} {...{ output, state }} />
        ))}
      </section>
      <Controls {...{ state, studio }} />
      <Opinions {...{ state, studio, onRecordPartner }} />
    </>
  );
}

function GivenCard({ state: { given, results, autoplay } }: { state: StudioState }) {
  const first = results.pathEnd ?? results.direct;
  const startSeconds = first?.kind === 'picture' ? first.startSeconds : undefined;
  return (
    <figure class="card given">
      <figcaption>
        <h2>You gave</h2>
        <span class="name">{given?.name ?? '…'}</span>
      </figcaption>
      {given === undefined ? (
        <div class="placeholder" />
      ) : (
        <ShownPart
          shown={given}
          label={`the ${given.kind} that you gave`}
          autoplay={given.url === autoplay}
          {...{ startSeconds }}
        />
      )}
    </figure>
  );
}

function ResultCard({ output, state }: { output: Output; state: StudioState }) {
  const { given, results, busy, autoplay } = state;
  const result = results[output];
  const { title, path } = WAYS[given?.kind ?? 'picture'][output];
  return (
    <figure class={`card result ${output} ${busy === 'generating' ? 'working' : ''}`}>
      <figcaption>
        <h2>{title}</h2>
        <PathName path={path} />
      </figcaption>
      {result === undefined ? (
        <div class="placeholder" />
      ) : (
        <ShownPart shown={result} label={`the ${result.kind}, ${title.toLowerCase()}`} autoplay={result.url === autoplay}>
          <SaveLink shown={result} name={given?.name ?? ''} />
        </ShownPart>
      )}
    </figure>
  );
}

function SaveLink({ shown, name }: { shown: Shown; name: string }) {
  const file = `${name.replace(/\.[^.]*$/, '') || 'cmcgan'}.${shown.kind === 'picture' ? 'png' : 'wav'}`;
  return (
    <a class="button quiet" href={shown.url} download={file}>
      <Icon name="save" /> Save <span class="visually-hidden">the {shown.kind}</span>
    </a>
  );
}
