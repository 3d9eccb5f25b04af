import type { Rgb } from './picture';

/**
 * Anchors of the "magma" colour map (S. van der Walt and N. Smith, 2015, CC0), evenly spaced: black through purple and orange
 * to pale yellow. Its lightness rises evenly, so equal steps in dB look equal, also in grey print and to colour-blind eyes.
 */
const ANCHORS = ['#000004', '#180f3d', '#440f76', '#721f81', '#9e2f7f', '#cd4071', '#f1605d', '#fd9668', '#feca8d', '#fcfdbf'];

const LEVELS = 256;

function buildTable(): readonly Rgb[] {
  const anchors = ANCHORS.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  return Array.from({ length: LEVELS }, (_, level) => {
    const position = (level / (LEVELS - 1)) * (anchors.length - 1);
    const left = Math.min(Math.floor(position), anchors.length - 2);
    const mix = (channel: number) =>
      Math.round(anchors[left][channel] + (anchors[left + 1][channel] - anchors[left][channel]) * (position - left));
    return [mix(0), mix(1), mix(2)];
  });
}

/** The colour map as 256 colours, from the quietest (near black) to the loudest (pale yellow). */
export const COLOUR_MAP = buildTable();
