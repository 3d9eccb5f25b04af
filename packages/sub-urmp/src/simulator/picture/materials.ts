import type { Random } from '@cmcgan/random';
import type { Instrument } from '../../reading/instruments';
import type { Material } from './svg';

export const SILVER: Material = { dark: '#5f6a75', main: '#c3ccd4', light: '#ffffff' };
export const GOLD: Material = { dark: '#7a4d0c', main: '#e6a521', light: '#ffe9a0' };
const EBONY: Material = { dark: '#08080a', main: '#24242a', light: '#8d8f99' };
const ROSEWOOD: Material = { dark: '#3c120b', main: '#7d3020', light: '#d08a6c' };
const BRIGHT: Material = { dark: '#8a6410', main: '#f7c52d', light: '#fff6c4' };
const PALE: Material = { dark: '#7d6a33', main: '#dcc372', light: '#fffbe0' };
const ROSE: Material = { dark: '#6e3413', main: '#cf7a3c', light: '#ffd3a8' };
const WARM: Material = { dark: '#6a4a14', main: '#c9952f', light: '#ffe6a3' };

const VARNISHES: readonly Material[] = [
  { dark: '#8a430f', main: '#d97a22', light: '#f2a64e' },
  { dark: '#6b2a0c', main: '#b5561f', light: '#e08a48' },
  { dark: '#4f160f', main: '#8e3322', light: '#b65a3a' },
  { dark: '#341c0d', main: '#6d4223', light: '#9b6a42' },
];
const BRASS: readonly Material[] = [BRIGHT, PALE, ROSE, WARM, SILVER];
const PIPE_WOODS: readonly Material[] = [EBONY, EBONY, ROSEWOOD];

/** What each instrument is made of. Instruments of a family share their materials, so that colour alone does not tell them apart. */
const FINISHES: Readonly<Record<Instrument, readonly Material[]>> = {
  bassoon: [
    { dark: '#3f0b0d', main: '#8c1f22', light: '#d9706a' },
    ROSEWOOD,
    { dark: '#4a2a10', main: '#9a6230', light: '#dba76a' },
  ],
  cello: VARNISHES,
  clarinet: PIPE_WOODS,
  double_bass: VARNISHES,
  flute: [SILVER, SILVER, GOLD],
  horn: BRASS,
  oboe: PIPE_WOODS,
  sax: [GOLD, GOLD, WARM, SILVER],
  trombone: BRASS,
  trumpet: BRASS,
  tuba: BRASS,
  viola: VARNISHES,
  violin: VARNISHES,
};

export function randomFinish(random: Random, instrument: Instrument): Material {
  const finishes = FINISHES[instrument];
  return finishes[random.integer(finishes.length)];
}
