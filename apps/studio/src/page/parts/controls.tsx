import type { StudioState } from '../state';
import type { Studio } from '../studio';
import { Icon } from './icon';

/** Lengths of a sound, in seconds; half a second is what the networks make at once. */
const LENGTHS = [0.5, 2, 5];

/** Another latent, another length. */
export function Controls({ state, studio }: { state: StudioState; studio: Studio }) {
  const { given, seed, seconds, busy } = state;
  if (given === undefined) return null;
  return (
    <div class="controls">
      <button type="button" class="primary" disabled={busy === 'generating'} onClick={() => void studio.another()}>
        <Icon name="again" /> Imagine another
      </button>
      <span class="note">
        Random latent <i>z</i>, no. {seed}
      </span>
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
