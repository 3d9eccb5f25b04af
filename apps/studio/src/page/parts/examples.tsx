import names from '../../examples.json';
import type { Kind } from '../../protocol';
import type { ExamplePair } from '../state';
import type { Studio } from '../studio';
import { Icon } from './icon';

/** A pair that the simulator made for the page (scripts/examples.js). */
const pairOf = (name: string): ExamplePair => ({ picture: `./examples/${name}.jpg`, sound: `./examples/${name}.wav` });

/** Pictures and sounds to start with. */
export function Examples({ studio, title }: { studio: Studio; title: string }) {
  return (
    <section class="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">{title}</h2>
      <ul>
        {names.pictures.map((name) => (
          <Example key={name} kind="picture" {...{ name, studio }} />
        ))}
        {names.sounds.map((name) => (
          <Example key={name} kind="sound" {...{ name, studio }} />
        ))}
      </ul>
      <p class="note">Simulated players and melodies, new to every model.</p>
    </section>
  );
}

function Example({ name, kind, studio }: { name: string; kind: Kind; studio: Studio }) {
  return (
    <li>
      <button type="button" class="tile" onClick={() => void studio.giveExample(pairOf(name), kind)}>
        {kind === 'picture' ? (
          <img src={`./examples/${name}.jpg`} alt="" width="128" height="128" />
        ) : (
          <span class="sound-tile">
            <img src={`./examples/${name}.png`} alt="" width="132" height="128" />
            <Icon name="play" />
          </span>
        )}
        <span>
          {kind === 'picture' ? 'Picture of a' : 'Sound of a'} <b>{name}</b>
        </span>
      </button>
    </li>
  );
}
