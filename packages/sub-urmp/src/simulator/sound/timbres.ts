import type { Instrument } from '../../reading/instruments';

/** A bump (or dip) of the spectrum at a fixed frequency: a body resonance or a formant. */
export type Resonance = readonly [centreHz: number, gainDb: number, widthOctaves: number];

/** The timbre of an instrument, independent of the note. Levels in dB relative to the strongest source, slopes in dB per octave. */
export interface Timbre {
  /** Fall of the source's partials above the fundamental. */
  readonly rolloffDb: number;
  /** Level of the even partials, which are weak for a cylindrical bore closed at one end (clarinet), less so when it is loud or high. */
  readonly evenDb: number;
  /** Above this frequency, partials fall by `cutoffDb` more, for the softest and the loudest playing: brass gets brighter with loudness. */
  readonly cutoffHz: readonly [soft: number, loud: number];
  readonly cutoffDb: number;
  readonly resonances: readonly Resonance[];
  readonly attackMs: number;
  readonly releaseMs: number;
  readonly vibratoHz: number;
  readonly vibratoCents: number;
  /** Depth of the loudness modulation at the vibrato's rate. */
  readonly tremoloDb: number;
  /** Breath or bow noise: level relative to the tone, centre of its band, Q of the filter, and how much louder it is at the attack. */
  readonly noise: { readonly levelDb: number; readonly centreHz: number; readonly q: number; readonly burstDb: number };
}

// prettier-ignore
export const TIMBRES: Record<Instrument, Timbre> = {
  // Bowed strings: a sawtooth through a wooden body; vibrato moves the partials over the resonances.
  violin: {
    rolloffDb: 5, evenDb: 0, cutoffHz: [4500, 8000], cutoffDb: 14, resonances: [[280, 4, 0.2], [460, 6, 0.2], [1000, -7, 0.4], [2900, 11, 0.45]],
    attackMs: 60, releaseMs: 90, vibratoHz: 6, vibratoCents: 20, tremoloDb: 0.8, noise: { levelDb: -25, centreHz: 7500, q: 0.9, burstDb: 12 },
  },
  viola: {
    rolloffDb: 6, evenDb: 0, cutoffHz: [2400, 4000], cutoffDb: 18, resonances: [[220, 5, 0.25], [360, 6, 0.2], [650, -8, 0.35], [1150, 11, 0.35]],
    attackMs: 70, releaseMs: 100, vibratoHz: 5.4, vibratoCents: 18, tremoloDb: 0.8, noise: { levelDb: -27, centreHz: 4200, q: 1, burstDb: 12 },
  },
  cello: {
    rolloffDb: 5, evenDb: 0, cutoffHz: [2200, 3600], cutoffDb: 16, resonances: [[100, 5, 0.3], [185, 8, 0.25], [340, -8, 0.35], [620, 3, 0.3], [1150, -6, 0.3], [2300, 11, 0.3]],
    attackMs: 80, releaseMs: 130, vibratoHz: 5, vibratoCents: 16, tremoloDb: 0.7, noise: { levelDb: -26, centreHz: 2600, q: 1.1, burstDb: 13 },
  },
  double_bass: {
    rolloffDb: 6, evenDb: 0, cutoffHz: [450, 1000], cutoffDb: 16, resonances: [[62, 4, 0.4], [110, 7, 0.3], [210, -4, 0.3], [400, 4, 0.4]],
    attackMs: 110, releaseMs: 180, vibratoHz: 4.2, vibratoCents: 8, tremoloDb: 0.5, noise: { levelDb: -21, centreHz: 1300, q: 1, burstDb: 12 },
  },
  // Flute: an air jet, few partials and much breath, vibrato in loudness more than in pitch.
  flute: {
    rolloffDb: 13, evenDb: 2, cutoffHz: [2200, 4200], cutoffDb: 14, resonances: [[800, 3, 0.8]],
    attackMs: 70, releaseMs: 90, vibratoHz: 5.2, vibratoCents: 7, tremoloDb: 2.5, noise: { levelDb: -17, centreHz: 3200, q: 0.35, burstDb: 10 },
  },
  // Reeds: conical bores have every partial, the clarinet's cylinder the odd ones; formants name oboe and bassoon.
  oboe: {
    rolloffDb: 1, evenDb: 0, cutoffHz: [3400, 5200], cutoffDb: 22, resonances: [[500, -6, 0.5], [1150, 11, 0.4], [2900, 9, 0.35]],
    attackMs: 25, releaseMs: 60, vibratoHz: 5.6, vibratoCents: 9, tremoloDb: 1.4, noise: { levelDb: -38, centreHz: 9500, q: 1, burstDb: 14 },
  },
  clarinet: {
    rolloffDb: 5, evenDb: -30, cutoffHz: [1700, 3800], cutoffDb: 16, resonances: [[1500, 3, 0.6]],
    attackMs: 45, releaseMs: 70, vibratoHz: 0, vibratoCents: 0, tremoloDb: 0, noise: { levelDb: -32, centreHz: 1900, q: 1.2, burstDb: 10 },
  },
  bassoon: {
    rolloffDb: 2, evenDb: 0, cutoffHz: [1300, 2000], cutoffDb: 24, resonances: [[180, -3, 0.5], [480, 12, 0.35], [1200, 7, 0.3]],
    attackMs: 30, releaseMs: 70, vibratoHz: 4.6, vibratoCents: 6, tremoloDb: 1, noise: { levelDb: -33, centreHz: 5500, q: 1.5, burstDb: 14 },
  },
  sax: {
    rolloffDb: 3, evenDb: 1, cutoffHz: [3000, 7000], cutoffDb: 9, resonances: [[650, 4, 0.5], [1700, 6, 0.5], [4500, 5, 0.5]],
    attackMs: 30, releaseMs: 70, vibratoHz: 4.8, vibratoCents: 24, tremoloDb: 1.6, noise: { levelDb: -21, centreHz: 9500, q: 0.8, burstDb: 12 },
  },
  // Brass: a lip reed on a flaring bore; the cutoff opens with loudness, the fast part of the attack is the tongue.
  trumpet: {
    rolloffDb: 0, evenDb: 0, cutoffHz: [1100, 6500], cutoffDb: 12, resonances: [[1300, 6, 0.5], [2600, 3, 0.4]],
    attackMs: 22, releaseMs: 50, vibratoHz: 5.4, vibratoCents: 5, tremoloDb: 0.4, noise: { levelDb: -38, centreHz: 12000, q: 1, burstDb: 18 },
  },
  trombone: {
    rolloffDb: 1, evenDb: 0, cutoffHz: [750, 3600], cutoffDb: 12, resonances: [[520, 6, 0.4], [1500, 3, 0.4]],
    attackMs: 35, releaseMs: 60, vibratoHz: 0, vibratoCents: 0, tremoloDb: 0, noise: { levelDb: -36, centreHz: 3500, q: 1.2, burstDb: 18 },
  },
  horn: {
    rolloffDb: 3, evenDb: 0, cutoffHz: [380, 1000], cutoffDb: 20, resonances: [[340, 5, 0.5], [750, 2, 0.3]],
    attackMs: 50, releaseMs: 110, vibratoHz: 0, vibratoCents: 0, tremoloDb: 0, noise: { levelDb: -33, centreHz: 700, q: 1, burstDb: 14 },
  },
  tuba: {
    rolloffDb: 3, evenDb: 0, cutoffHz: [150, 480], cutoffDb: 16, resonances: [[120, 3, 0.6], [280, 3, 0.4]],
    attackMs: 60, releaseMs: 110, vibratoHz: 0, vibratoCents: 0, tremoloDb: 0, noise: { levelDb: -28, centreHz: 350, q: 1, burstDb: 12 },
  },
};
