import type { ExamplePair, Studio } from '../studio';
import { Icon } from './icon';

const pairOf = (name: string): ExamplePair => ({ name, picture: `./examples/${name}.jpg`, sound: `./examples/${name}.wav` });

/** What the simulator made for the page (scripts/examples.js), in the order shown. */
const PICTURES = ['violin', 'trumpet', 'flute'].map(pairOf);
const SOUNDS = ['cello', 'sax', 'tuba'].map(pairOf);

/** Pictures and sounds to start with. */
export function Examples({ studio }: { studio: Studio }) {
  return (
    <section class="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">Or try one of these</h2>
      <ul>
        {PICTURES.map((pair) => (
          <li key={pair.name}>
            <button type="button" class="tile" onClick={() => void studio.giveExample(pair, 'picture')}>
              <img src={pair.picture} alt="" width="128" height="128" />
              <span>
                A picture of a <b>{pair.name}</b>
              </span>
            </button>
          </li>
        ))}
        {SOUNDS.map((pair) => (
          <li key={pair.name}>
            <button type="button" class="tile" onClick={() => void studio.giveExample(pair, 'sound')}>
              <span class="sound-tile" aria-hidden="true">
                <Icon name="play" />
              </span>
              <span>
                The sound of a <b>{pair.name}</b>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="note">Simulated players and melodies that no model was trained on.</p>
    </section>
  );
}
