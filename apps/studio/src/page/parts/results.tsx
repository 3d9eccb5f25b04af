import type { Output } from '@cmcgan/model';
import type { ComponentChildren } from 'preact';
import type { Kind } from '../../protocol';
import type { Shown, Studio, StudioState } from '../studio';
import { Icon } from './icon';
import { Opinions } from './opinions';
import { ShownPart } from './shown';

/** The two ways to the other modality, in words. */
const WAYS: Readonly<Record<Kind, Readonly<Record<Output, { title: string; path: string }>>>> = {
  picture: {
    pathEnd: { title: 'By way of an imagined picture', path: 'V→V→A' },
    direct: { title: 'Directly', path: 'V→A' },
  },
  sound: {
    pathEnd: { title: 'By way of an imagined sound', path: 'A→A→V' },
    direct: { title: 'Directly', path: 'A→V' },
  },
};

const LENGTHS = [0.5, 2, 5];

interface ResultsProps {
  state: StudioState;
  studio: Studio;
  buttons: ComponentChildren;
  onOpen(kind: Kind): void;
}

/** What was given, what was generated from it, and what the classifier makes of them. */
export function Results({ state, studio, buttons, onOpen }: ResultsProps) {
  const { given, model, busy } = state;
  const outputs = given === undefined ? [] : (model.loaded?.outputs[given.kind] ?? ['pathEnd', 'direct']);
  return (
    <>
      <section class={`stage given-${given?.kind ?? 'unknown'}`} aria-label="Result" aria-busy={busy !== undefined}>
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
              autoplay={given.url === state.autoplay}
              startSeconds={startOf(state)}
            />
          )}
        </figure>
        {(outputs.length === 0 ? (['pathEnd'] as const) : outputs).map((output) => (
          <Result key={output} {...{ output, state }} />
        ))}
      </section>
      <Controls {...{ state, studio }} />
      <Opinions {...{ state, studio, onOpen }} />
      <section class="again" aria-label="Give something else">
        {buttons}
      </section>
    </>
  );
}

const startOf = ({ results }: StudioState) => {
  const first = results.pathEnd ?? results.direct;
  return first?.kind === 'picture' ? first.startSeconds : undefined;
};

function Result({ output, state }: { output: Output; state: StudioState }) {
  const { given, results, busy, autoplay } = state;
  const result = results[output];
  const { title, path } = WAYS[given?.kind ?? 'picture'][output];
  const kind = given?.kind === 'picture' ? 'sound' : 'picture';
  return (
    <figure class={`card result ${output} ${busy === 'generating' ? 'working' : ''}`}>
      <figcaption>
        <h2>{title}</h2>
        <span class="name">{path}</span>
      </figcaption>
      {result === undefined ? (
        <div class="placeholder" />
      ) : (
        <ShownPart
          shown={result}
          label={`the ${kind} generated ${output === 'direct' ? 'directly' : 'through both'}`}
          autoplay={result.url === autoplay}
        />
      )}
      {result !== undefined && <SaveLink shown={result} name={given?.name ?? ''} />}
    </figure>
  );
}

function SaveLink({ shown, name }: { shown: Shown; name: string }) {
  const file = `${name.replace(/\.[^.]*$/, '') || 'cmcgan'}.${shown.kind === 'picture' ? 'png' : 'wav'}`;
  return (
    <a class="button quiet" href={shown.url} download={file}>
      <Icon name="save" /> Save the {shown.kind}
    </a>
  );
}

function Controls({ state, studio }: { state: StudioState; studio: Studio }) {
  const { given, seed, seconds, busy } = state;
  if (given === undefined) return null;
  return (
    <div class="controls">
      <button type="button" class="primary" disabled={busy === 'generating'} onClick={() => void studio.another()}>
        <Icon name="dice" /> Imagine another
      </button>
      <span class="note">Random code z, number {seed}</span>
      {given.kind === 'picture' && (
        <fieldset class="lengths">
          <legend>Length</legend>
          {LENGTHS.map((length) => (
            <label key={length}>
              <input type="radio" name="seconds" checked={seconds === length} onChange={() => void studio.setSeconds(length)} />
              <span>{length} s</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
