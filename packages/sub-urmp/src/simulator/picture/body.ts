import { mix, point, type Point } from './geometry';
import type { Outfit, Person } from './palette';
import { ellipse, line, path, rectangle } from './svg';

export interface BodyOptions {
  /** The base of the neck. */
  readonly neck: Point;
  /** Half the distance between the shoulders, before scaling by the person's build. */
  readonly halfWidth?: number;
  /** Lower end of the jacket. If undefined, the player stands, and the legs extend beyond the picture. */
  readonly bottom?: number;
}

/** Left and right as seen by the viewer. */
export interface Shoulders {
  readonly left: Point;
  readonly right: Point;
}

export function shouldersOf(person: Person, { neck, halfWidth = 19 }: BodyOptions): Shoulders {
  const half = (halfWidth - 3) * person.build;
  return { left: point(neck.x - half, neck.y + 8), right: point(neck.x + half, neck.y + 8) };
}

/** Draws neck, jacket, shirt and collar, and the trousers of a standing player. */
export function body(person: Person, { neck, halfWidth = 19, bottom }: BodyOptions): string {
  const [w, { x, y }, hem] = [halfWidth * person.build, neck, bottom ?? 105];
  const waist = w * 0.84;
  const jacket = `M${x - 5},${y - 1}C${x - w * 0.7},${y + 1} ${x - w},${y + 3} ${x - w},${y + 13}L${x - waist},${y + 36}L${x - w * 0.95},${hem}L${x + w * 0.95},${hem}L${x + waist},${y + 36}L${x + w},${y + 13}C${x + w},${y + 3} ${x + w * 0.7},${y + 1} ${x + 5},${y - 1}Z`;
  const trousers = (side: 1 | -1) =>
    line([point(x + side * w * 0.48, hem - 4), point(x + side * w * 0.5, 160)], {
      stroke: trouserColour(person),
      width: w * 0.85,
    });
  return (
    rectangle(point(x - 3.8, y - 8), [7.6, 11], { fill: person.skinShade, radius: 3 }) +
    (bottom === undefined ? trousers(-1) + trousers(1) : '') +
    path(jacket, { fill: person.clothes, stroke: person.clothesShade, width: 1 }) +
    line([point(x, y + 17), point(x, hem)], { stroke: person.clothesShade, width: 1 }) +
    COLLARS[person.outfit](person, neck)
  );
}

/** What is to be seen of an outfit at the neck. To add one: one row here, and its name in `OUTFITS`. */
const COLLARS: Readonly<Record<Outfit, (person: Person, neck: Point) => string>> = {
  suit: (person, { x, y }) =>
    path(`M${x - 4.6},${y - 1.5}L${x},${y + 17}L${x + 4.6},${y - 1.5}Z`, { fill: '#f4f0e8' }) +
    path(
      `M${x - 4.4},${y + 0.6}L${x},${y + 2.6}L${x - 4.4},${y + 4.8}ZM${x + 4.4},${y + 0.6}L${x},${y + 2.6}L${x + 4.4},${y + 4.8}Z`,
      { fill: '#221f24' },
    ) +
    path(`M${x - 5.4},${y - 2}L${x},${y + 19}L${x + 5.4},${y - 2}`, { stroke: person.clothesLight, width: 2 }),
  shirt: (person, { x, y }) =>
    path(`M${x - 4.2},${y - 1.5}L${x},${y + 8}L${x + 4.2},${y - 1.5}Z`, { fill: person.skin }) +
    path(`M${x - 5},${y - 2}L${x},${y + 9}L${x + 5},${y - 2}`, { stroke: person.clothesLight, width: 2.4 }),
  pullover: (person, { x, y }) =>
    path(`M${x - 5},${y - 0.5}Q${x},${y + 6} ${x + 5},${y - 0.5}`, {
      fill: person.skin,
      stroke: person.clothesShade,
      width: 2.2,
    }),
};

/** Draws the chair, thighs, shins and shoes of a player sitting face on; `spread` is the distance between the knees. */
export function seatedLegs(person: Person, { hip, spread = 20 }: { hip: Point; spread?: number }): string {
  const trousers = trouserColour(person);
  const leg = (side: 1 | -1) => {
    const [knee, foot] = [point(hip.x + side * spread, hip.y + 7), point(hip.x + side * (spread + 1), 121)];
    return (
      ellipse(point(foot.x + side * 1.5, foot.y + 2.2), [6.5, 3.4], { fill: '#1b1818' }) +
      line([point(hip.x + side * 7, hip.y), knee, foot], { stroke: trousers, width: 13 * person.build }) +
      line([point(hip.x + side * 8, hip.y - 2), point(knee.x, knee.y - 2.5)], { stroke: person.clothes, width: 3, opacity: 0.5 })
    );
  };
  return shadow(hip.x, spread + 16) + leg(-1) + leg(1);
}

export function chair(hip: Point): string {
  const wood = { stroke: '#4a3527', width: 3 };
  return (
    line([point(hip.x - 17, hip.y - 34), point(hip.x - 17, 122)], wood) +
    line([point(hip.x + 17, hip.y - 34), point(hip.x + 17, 122)], wood) +
    rectangle(point(hip.x - 19, hip.y - 36), [38, 14], { fill: '#5b4331', radius: 3 }) +
    rectangle(point(hip.x - 22, hip.y + 3), [44, 7], { fill: '#5b4331', radius: 3 })
  );
}

/** Draws the legs of a standing player. */
export function standingLegs(person: Person, { hip }: { hip: Point }): string {
  const trousers = trouserColour(person);
  const leg = (side: 1 | -1) =>
    ellipse(point(hip.x + side * 8.5, 124), [6.5, 3], { fill: '#1b1818' }) +
    line([point(hip.x + side * 6, hip.y), point(hip.x + side * 7, 121)], { stroke: trousers, width: 12 * person.build });
  return shadow(hip.x + 14, 44) + leg(-1) + leg(1);
}

function shadow(x: number, radius: number): string {
  return ellipse(point(x, 123), [radius, 5], { fill: '#2a1c14', opacity: 0.3 });
}

/** Colour of the trousers, darker than the jacket's shade. */
function trouserColour({ clothesShade }: Person): string {
  const channel = (at: number) =>
    Math.round(mix(parseInt(clothesShade.slice(at, at + 2), 16), 16, 0.35))
      .toString(16)
      .padStart(2, '0');
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
