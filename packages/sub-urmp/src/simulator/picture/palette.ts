import type { Random } from '@cmcgan/random';

/** The appearance of a player; one per song. */
export interface Person {
  readonly skin: string;
  readonly skinShade: string;
  readonly hair: string;
  readonly hairStyle: HairStyle;
  readonly beard: boolean;
  readonly glasses: boolean;
  readonly outfit: Outfit;
  readonly clothes: string;
  readonly clothesShade: string;
  readonly clothesLight: string;
  /** Width of the body, 0.86 to 1.16. */
  readonly build: number;
  /** Size of the head, 0.94 to 1.06. */
  readonly headSize: number;
}

/** The place where a song is played. */
export interface Place {
  readonly wallTop: string;
  readonly wallBottom: string;
  readonly floor: string;
  readonly style: (typeof WALL_STYLES)[number];
}

/** The light of a song's pictures. */
export interface Light {
  /** Where it comes from: -1 (left) to 1 (right), and how much darker the other side is, 0 (not at all) to 0.4. */
  readonly direction: number;
  readonly contrast: number;
  /** -1 (bluish) to 1 (reddish). */
  readonly warmth: number;
  /** -1 (dim) to 1 (bright). */
  readonly exposure: number;
}

/**
 * The camera: its distance (drawing coordinates are scaled about the centre), where it points (they are moved by (moveX, moveY) units) and
 * how it is tilted (they are rotated by `degrees` clockwise).
 */
export interface Framing {
  readonly scale: number;
  readonly moveX: number;
  readonly moveY: number;
  readonly degrees: number;
}

export type HairStyle = (typeof HAIR_STYLES)[number];
export type Outfit = (typeof OUTFITS)[number];

const SKINS = [
  ['#f6d3b8', '#dba888'],
  ['#ecbd96', '#cb9067'],
  ['#d39f74', '#ad764d'],
  ['#a9744f', '#83532f'],
  ['#835537', '#603a20'],
] as const;
const HAIRS = ['#2a211d', '#4a3122', '#7d4b27', '#b98a4b', '#8d8a88', '#d9d4cc', '#93361c'] as const;
const HAIR_STYLES = ['short', 'bob', 'bun', 'curly', 'bald'] as const;
const OUTFITS = ['suit', 'shirt', 'pullover'] as const;
const CLOTHES = [
  ['#2c3c5e', '#1d2942', '#43557c'],
  ['#6b2d3c', '#4a1d29', '#8a4353'],
  ['#2f5147', '#1f3831', '#456d61'],
  ['#33323a', '#212027', '#4b4a54'],
  ['#4f3a66', '#372748', '#6b5385'],
  ['#28566b', '#1a3c4b', '#3e7288'],
  ['#17171b', '#0b0b0e', '#303038'],
  ['#8f9aa8', '#6b7583', '#b1bac5'],
  ['#d8d3c7', '#aaa496', '#f0ece2'],
  ['#a33a2f', '#75261f', '#c25b4e'],
] as const;
const WALLS = [
  ['#9fb3c4', '#c9d4da'],
  ['#b89f95', '#dccabd'],
  ['#8fae9f', '#c5d5c6'],
  ['#a893ab', '#d2c3cf'],
  ['#b7ab8a', '#ded5b8'],
  ['#6f8496', '#93a6b4'],
  ['#8c6f62', '#b39785'],
  ['#5f5a6b', '#857f92'],
  ['#c9c9c6', '#e8e8e4'],
] as const;
const FLOORS = ['#a9836a', '#8f6f5a', '#a58868', '#6b5b52', '#7f7f84'] as const;
const WALL_STYLES = ['curtain', 'panels', 'plain', 'window', 'shelves'] as const;

export function randomPerson(random: Random): Person {
  const [skin, skinShade] = pick(random, SKINS);
  const [clothes, clothesShade, clothesLight] = pick(random, CLOTHES);
  return {
    ...{ skin, skinShade, hair: pick(random, HAIRS), hairStyle: pick(random, HAIR_STYLES) },
    ...{ beard: random.uniform() < 0.2, glasses: random.uniform() < 0.25, outfit: pick(random, OUTFITS) },
    ...{ clothes, clothesShade, clothesLight, build: 1.01 + spread(random, 0.15), headSize: 1 + spread(random, 0.06) },
  };
}

export function randomPlace(random: Random): Place {
  const [wallTop, wallBottom] = pick(random, WALLS);
  return { wallTop, wallBottom, floor: pick(random, FLOORS), style: pick(random, WALL_STYLES) };
}

export function randomLight(random: Random): Light {
  const [direction, contrast] = [spread(random, 1), 0.2 + spread(random, 0.2)];
  return { direction, contrast, warmth: spread(random, 1), exposure: spread(random, 1) };
}

export function randomFraming(random: Random): Framing {
  const [scale, moveX, moveY] = [1 + spread(random, 0.08), spread(random, 4), spread(random, 3)];
  return { scale, moveX, moveY, degrees: spread(random, 2) };
}

/** Uniform in [-width, width], with two decimals. */
function spread(random: Random, width: number): number {
  return Math.round(100 * width * (2 * random.uniform() - 1)) / 100 + 0; // + 0: never -0
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.integer(list.length)];
}
