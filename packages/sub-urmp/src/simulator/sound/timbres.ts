import type { Instrument } from '../instruments';

/** A bump (or dip) of the spectrum at a fixed frequency: a body resonance or a formant. */
export type Resonance = readonly [centreHz: number, gainDb: number, widthOctaves: number];

/** How an instrument sounds, whatever the note. Levels in dB relative to the strongest source, slopes in dB per octave. */
export interface Timbre {
  /** Fall of the source's partials above the fundamental. */
  readonly rolloffDb: number;
  /** Level of the even partials: a cylindrical bore closed at one end (clarinet) hardly has them, less so when it is loud or high. */
  readonly evenDb: number;
  /** Above this frequency, softest and loudest playing, partials fall by `cutoffDb` more: brass brightens as it grows loud. */
  readonly cutoffHz: readonly [soft: number, loud: number];
  readonly cutoffDb: number;
  readonly resonances: readonly Resonance[];
  readonly attackMs: number;
  readonly releaseMs: number;
  readonly vibratoHz: number;
  readonly vibratoCents: number;
  /** Loudness pulsing at the vibrato's rate. */
  readonly tremoloDb: number;
  /** Breath or bow noise: its level under the tone, its band's centre, the filter's Q, and how much louder it is at the attack. */
  readonly noise: { readonly levelDb: number; readonly centreHz: number; readonly q: number; readonly burstDb: number };
}

// prettier-ignore
export const TIMBRES: Record<Instrument, Timbre> = {
  // Bowed strings: a sawtooth through a wooden body; vibrato moves the partials over the resonances.
  violin: {
    rolloffDb: 5, evenDb: 0, cutoffHz: [3800, 7000], cutoffDb: 14, resonances: [[280, 4, 0.2], [460, 6, 0.2], [1000, -5, 0.4], [2700, 9, 0.5]],
    attackMs: 60, releaseMs: 90, vibratoHz: 6, vibratoCents: 20, tremoloDb: 0.8, noise: { levelDb: -32, centreHz: 5500, q: 0.6, burstDb: 12 },
  },
  viola: {
    rolloffDb: 6, evenDb: 0, cutoffHz: [2000, 3600], cutoffDb: 16, resonances: [[220, 5, 0.25], [360, 6, 0.2], [700, -5, 0.3], [1150, 8, 0.35]],
    attackMs: 70, releaseMs: 100, vibratoHz: 5.4, vibratoCents: 18, tremoloDb: 0.8, noise: { levelDb: -31, centreHz: 3200, q: 0.6, burstDb: 12 },
  },
  cello: {
    rolloffDb: 5, evenDb: 0, cutoffHz: [1400, 2800], cutoffDb: 14, resonances: [[100, 5, 0.3], [185, 7, 0.25], [320, -6, 0.3], [620, 4, 0.3], [2100, 4, 0.3]],
    attackMs: 80, releaseMs: 130, vibratoHz: 5, vibratoCents: 16, tremoloDb: 0.7, noise: { levelDb: -31, centreHz: 2200, q: 0.7, burstDb: 13 },
  },
  double_bass: {
    rolloffDb: 6, evenDb: 0, cutoffHz: [500, 1300], cutoffDb: 14, resonances: [[62, 4, 0.4], [110, 7, 0.3], [210, -4, 0.3], [400, 4, 0.4]],
    attackMs: 110, releaseMs: 180, vibratoHz: 4.2, vibratoCents: 8, tremoloDb: 0.5, noise: { levelDb: -27, centreHz: 1400, q: 0.6, burstDb: 12 },
  },
  // Flute: an air jet, few partials and much breath, vibrato in loudness more than in pitch.
  flute: {
    rolloffDb: 13, evenDb: 2, cutoffHz: [2200, 4200], cutoffDb: 14, resonances: [[800, 3, 0.8]],
    attackMs: 70, releaseMs: 90, vibratoHz: 5.2, vibratoCents: 7, tremoloDb: 2.5, noise: { levelDb: -22, centreHz: 3600, q: 0.5, burstDb: 10 },
  },
  // Reeds: conical bores have every partial, the clarinet's cylinder the odd ones; formants name oboe and bassoon.
  oboe: {
    rolloffDb: 1, evenDb: 0, cutoffHz: [3400, 5200], cutoffDb: 22, resonances: [[500, -6, 0.5], [1150, 11, 0.4], [2900, 9, 0.35]],
    attackMs: 25, releaseMs: 60, vibratoHz: 5.6, vibratoCents: 9, tremoloDb: 1.4, noise: { levelDb: -42, centreHz: 4000, q: 0.8, burstDb: 14 },
  },
  clarinet: {
    rolloffDb: 5, evenDb: -26, cutoffHz: [1500, 3800], cutoffDb: 15, resonances: [[1500, 3, 0.6]],
    attackMs: 45, releaseMs: 70, vibratoHz: 0, vibratoCents: 0, tremoloDb: 0, noise: { levelDb: -40, centreHz: 2500, q: 0.6, burstDb: 10 },
  },
  bassoon: {
    rolloffDb: 2, evenDb: 0, cutoffHz: [1300, 2200], cutoffDb: 20, resonances: [[180, -3, 0.5], [480, 12, 0.35], [1200, 7, 0.3]],
    attackMs: 30, releaseMs: 70, vibratoHz: 4.6, vibratoCents: 6, tremoloDb: 1, noise: { levelDb: -38, centreHz: 1800, q: 0.7, burstDb: 14 },
  },
  sax: {
    rolloffDb: 3, evenDb: 1, cutoffHz: [2400, 6500], cutoffDb: 9, resonances: [[650, 4, 0.5], [1700, 6, 0.5], [4500, 5, 0.5]],
    attackMs: 30, releaseMs: 70, vibratoHz: 4.8, vibratoCents: 24, tremoloDb: 1.6, noise: { levelDb: -26, centreHz: 6500, q: 0.5, burstDb: 12 },
  },
  // Brass: a lip reed on a flaring bore; the cutoff opens with loudness, the fast part of the attack is the tongue.
  trumpet: {
    rolloffDb: 0, evenDb: 0, cutoffHz: [1100, 6500], cutoffDb: 12, resonances: [[1300, 6, 0.5], [2600, 3, 0.4]],
    attackMs: 22, releaseMs: 50, vibratoHz: 5.4, vibratoCents: 5, tremoloDb: 0.4, noise: { levelDb: -44, centreHz: 5000, q: 0.7, burstDb: 18 },
  },
  trombone: {
    rolloffDb: 1, evenDb: 0, cutoffHz: [600, 3000], cutoffDb: 10, resonances: [[520, 6, 0.4], [1500, 3, 0.4]],
    attackMs: 35, releaseMs: 60, vibratoHz: 0, vibratoCents: 0, tremoloDb: 0, noise: { levelDb: -43, centreHz: 2600, q: 0.7, burstDb: 18 },
  },
  horn: {
    rolloffDb: 3, evenDb: 0, cutoffHz: [400, 1400], cutoffDb: 15, resonances: [[340, 5, 0.5], [750, 2, 0.3]],
    attackMs: 50, releaseMs: 110, vibratoHz: 0, vibratoCents: 0, tremoloDb: 0, noise: { levelDb: -39, centreHz: 900, q: 0.6, burstDb: 14 },
  },
  tuba: {
    rolloffDb: 3, evenDb: 0, cutoffHz: [170, 620], cutoffDb: 13, resonances: [[120, 3, 0.6], [280, 3, 0.4]],
    attackMs: 60, releaseMs: 110, vibratoHz: 0, vibratoCents: 0, tremoloDb: 0, noise: { levelDb: -35, centreHz: 450, q: 0.7, burstDb: 12 },
  },
};
