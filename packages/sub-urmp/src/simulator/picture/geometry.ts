/** A point of the drawing. The canvas is 128 units wide and high, whatever the picture's size; y points down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const point = (x: number, y: number): Point => ({ x, y });

/** Interpolates linearly from `from` (t = 0) to `to` (t = 1). */
export function between(from: Point, to: Point, t: number): Point {
  return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}

/** Interpolates linearly from a (t = 0) to b (t = 1). */
export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** Placement of an instrument: its coordinates are scaled, rotated clockwise by `degrees` and moved so that its origin is at `origin`. */
export interface Placement {
  readonly origin: Point;
  readonly degrees: number;
  readonly scaleX?: number;
  readonly scaleY?: number;
}

/** Converts a point from the instrument's coordinates to those of the drawing. */
export function toDrawing({ origin, degrees, scaleX = 1, scaleY = 1 }: Placement, { x, y }: Point): Point {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return { x: origin.x + cosine * x * scaleX - sine * y * scaleY, y: origin.y + sine * x * scaleX + cosine * y * scaleY };
}

/**
 * The elbow of an arm with two equal bones between shoulder and hand: of the two possible points, the one that is lower or further out.
 * `outward` is 1 for an arm on the viewer's right, -1 on the left.
 */
export function elbowOf(shoulder: Point, hand: Point, { bone, outward }: { bone: number; outward: 1 | -1 }): Point {
  const [dx, dy] = [hand.x - shoulder.x, hand.y - shoulder.y];
  const reach = Math.max(1e-6, Math.hypot(dx, dy));
  const height = Math.sqrt(Math.max(0, bone * bone - (reach * reach) / 4));
  const middle = between(shoulder, hand, 0.5);
  const bend = dx + 0.6 * outward * -dy >= 0 ? 1 : -1;
  return { x: middle.x - (bend * height * dy) / reach, y: middle.y + (bend * height * dx) / reach };
}
