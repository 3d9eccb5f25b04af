import type { Instrument } from '../../reading/instruments';
import { drawCello, drawDoubleBass, drawViola, drawViolin } from './bowed';
import { drawHorn, drawTrombone, drawTrumpet, drawTuba } from './brass';
import { point, toDrawing, type Placement, type Point } from './geometry';
import type { Framing, Light, Place } from './palette';
import type { Draw, Performance } from './performance';
import { background, lighting } from './place';
import { placed } from './svg';
import { drawClarinet, drawOboe } from './straight-pipes';
import { drawBassoon, drawFlute, drawSax } from './woodwinds';

/** How each instrument is drawn and framed. To add one, add a row here, in `TIMBRES` and in `MIDI_RANGE`. */
const DRAWINGS: Record<Instrument, { draw: Draw; zoom: number; centre: Point }> = {
  bassoon: { draw: drawBassoon, zoom: 1, centre: point(62, 64) },
  cello: { draw: drawCello, zoom: 1.02, centre: point(62, 68) },
  clarinet: { draw: drawClarinet, zoom: 1.16, centre: point(62, 66) },
  double_bass: { draw: drawDoubleBass, zoom: 1, centre: point(66, 64) },
  flute: { draw: drawFlute, zoom: 1.14, centre: point(52, 58) },
  horn: { draw: drawHorn, zoom: 1.2, centre: point(63, 66) },
  oboe: { draw: drawOboe, zoom: 1.26, centre: point(64, 62) },
  sax: { draw: drawSax, zoom: 1.16, centre: point(65, 64) },
  trombone: { draw: drawTrombone, zoom: 1.0, centre: point(66, 60) },
  trumpet: { draw: drawTrumpet, zoom: 1.12, centre: point(72, 58) },
  tuba: { draw: drawTuba, zoom: 1.02, centre: point(62, 66) },
  viola: { draw: drawViola, zoom: 1.08, centre: point(77, 58) },
  violin: { draw: drawViolin, zoom: 1.12, centre: point(75, 56) },
};

export interface Picture extends Performance {
  readonly instrument: Instrument;
  readonly place: Place;
  readonly framing: Framing;
  readonly light: Light;
}

/** Draws a player: an SVG document of `size` × `size` pixels, and the position of the moving hand (0 to 1 from the left and the top). */
export function drawPicture(picture: Picture, size: number): { svg: string; hand: Point } {
  const { draw, zoom, centre } = DRAWINGS[picture.instrument];
  const { svg, hand } = draw(picture);
  const { scale, moveX, moveY, degrees } = picture.framing;
  const framing = shown({ scale, degrees }, point(64, 64), point(64 + moveX, 64 + moveY));
  const closeUp = shown({ scale: zoom, degrees: 0 }, centre, point(64, 64));
  const at = toDrawing(framing, toDrawing(closeUp, hand));
  const content = placed(framing, background(picture.place, picture.light) + placed(closeUp, svg)) + lighting(picture.light);
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 128 128">${content}</svg>`,
    hand: point(at.x / 128, at.y / 128),
  };
}

/** A placement that scales, rotates and moves the point `from` to `to`. */
function shown({ scale, degrees }: { scale: number; degrees: number }, from: Point, to: Point): Placement {
  const turned = { degrees, scaleX: scale, scaleY: scale };
  const moved = toDrawing({ origin: point(0, 0), ...turned }, from);
  return { origin: point(to.x - moved.x, to.y - moved.y), ...turned };
}
