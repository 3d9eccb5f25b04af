import { useRef } from 'preact/hooks';
import type { Evidence, Kind } from '../../protocol';
import type { StudioState } from '../state';
import type { Studio } from '../studio';

const EVIDENCE: Readonly<Record<Evidence, string>> = {
  picture: 'The picture alone',
  sound: 'The sound alone',
  both: 'Both together',
};
const SHOWN_CLASSES = 5;

const percent = (value: number) => (value >= 0.995 ? '100 %' : value < 0.005 ? '< 1 %' : `${Math.round(100 * value)} %`);

const isTop = (name: string, probabilities: Readonly<Record<string, number>>) =>
  probabilities[name] === Math.max(...Object.values(probabilities));

interface OpinionsProps {
  state: StudioState;
  studio: Studio;
  onRecordPartner(kind: Kind): void;
}

/** What the classifier makes of one modality, the other one being imagined, and of both. */
export function Opinions({ state, studio, onRecordPartner }: OpinionsProps) {
  const { opinions, given, partner } = state;
  if (opinions === null)
    return <p class="note opinions">This model comes without a classifier, which would say what it hears and sees.</p>;
  if (opinions.length === 0 || given === undefined) return null;
  const top = (name: string) => Math.max(...opinions.map(({ probabilities }) => probabilities[name]));
  const classes = Object.keys(opinions[0].probabilities)
    .sort((a, b) => top(b) - top(a))
    .slice(0, SHOWN_CLASSES);
  const missing: Kind = given.kind === 'picture' ? 'sound' : 'picture';
  return (
    <section class="opinions card">
      <table>
        <caption>What a classifier makes of it</caption>
        <thead>
          <tr>
            <td />
            {opinions.map(({ evidence }) => (
              <th key={evidence} scope="col">
                {EVIDENCE[evidence]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name) => (
            <tr key={name}>
              <th scope="row">{name.replaceAll('_', ' ')}</th>
              {opinions.map(({ evidence, probabilities }) => (
                <td key={evidence} class={`${evidence} ${isTop(name, probabilities) ? 'top' : ''}`}>
                  <span class="bar" style={{ '--share': probabilities[name] }} aria-hidden="true" />
                  <span class="share">{percent(probabilities[name])}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">
        With one alone, the other is imagined. {partner === undefined && <AddPartner {...{ missing, studio, onRecordPartner }} />}
      </p>
    </section>
  );
}

interface AddPartnerProps extends Omit<OpinionsProps, 'state'> {
  missing: Kind;
}

/** Asks for the other modality, to compare. */
function AddPartner({ missing, studio, onRecordPartner }: AddPartnerProps) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = () => {
    const [file] = input.current!.files ?? [];
    if (file !== undefined) void studio.givePartner(file);
  };
  return (
    <>
      To compare, add{' '}
      <input
        ref={input}
        type="file"
        hidden
        accept={missing === 'picture' ? 'image/*' : 'audio/*'}
        aria-label={`Its ${missing}`}
        onChange={chosen}
      />
      <button type="button" class="link" onClick={() => input.current!.click()}>
        its {missing}
      </button>{' '}
      or{' '}
      <button type="button" class="link" onClick={() => onRecordPartner(missing)}>
        {missing === 'sound' ? 'record it' : 'take it with the camera'}
      </button>
      .
    </>
  );
}
