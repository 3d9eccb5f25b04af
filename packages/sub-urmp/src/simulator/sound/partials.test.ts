import { expect, it } from 'vitest';
import { INSTRUMENTS } from '../../reading/instruments';
import { MIDI_RANGE, midiToHz } from '../pitches';
import { partialAmplitudes } from './partials';
import { TIMBRES } from './timbres';

it.each(INSTRUMENTS)(
  '%s: the spectrum reaches 20 kHz, or fades to 80 dB below its strongest partial before that',
  (instrument) => {
    const hz = midiToHz(MIDI_RANGE[instrument][0] + 7);
    for (const force of [0.1, 1]) {
      const amplitudes = new Float64Array(Math.floor(20_000 / hz));
      const count = partialAmplitudes(amplitudes, { timbre: TIMBRES[instrument], hz, force, brightness: 1 });
      const levels = [...amplitudes.subarray(0, count)].map((amplitude) => 20 * Math.log10(amplitude / Math.max(...amplitudes)));
      if (count < amplitudes.length) expect(Math.min(...levels.slice(-2)), `force ${force}`).toBeLessThan(-80);
      // Down to there, a partial is never much weaker than the next but one below it (next to it may be a weak even one).
      const steps = levels.slice(8).flatMap((level, i) => (levels[i + 6] > -80 ? [levels[i + 6] - level] : []));
      expect(Math.max(...steps), `force ${force}`).toBeLessThan(15);
    }
  },
);

it('scales every spectrum to an RMS of 1', () => {
  const amplitudes = new Float64Array(100);
  partialAmplitudes(amplitudes, { timbre: TIMBRES.oboe, hz: 300, force: 0.5, brightness: 1 });
  expect(amplitudes.reduce((power, amplitude) => power + amplitude ** 2 / 2, 0)).toBeCloseTo(1, 10);
});
