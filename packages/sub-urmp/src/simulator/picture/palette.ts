import type { Random } from '@cmcgan/random';

/** The appearance of a player; one per song. */
export interface Person {
  readonly skin: string;
  readonly skinShade: string;
  readonly hair: string;
  readonly hairStyle: HairStyle;
  readonly clothes: string;
  readonly clothesShade: string;
  readonly clothesLight: string;
  /** Width of the body, 0.9 to 1.12. */
  readonly build: number;
}

/** The place where a song is played. */
export interface Place {
  readonly wallTop: string;
  readonly wallBottom: string;
  readonly floor: string;
  readonly style: 'curtain' | 'panels' | 'plain';
}

/** The crop: drawing coordinates are scaled about the centre and moved by (moveX, moveY) units. */
export interface Framing {
  readonly scale: number;
  readonly moveX: number;
  readonly moveY: number;
}

export type HairStyle = 'short' | 'bob' | 'bun' | 'curly';

const SKINS = [
  ['#f6d3b8', '#dba888'],
  ['#ecbd96', '#cb9067'],
  ['#d39f74', '#ad764d'],
  ['#a9744f', '#83532f'],
  ['#835537', '#603a20'],
] as const;
const HAIRS = ['#2a211d', '#4a3122', '#7d4b27', '#b98a4b', '#8d8a88'] as const;
const HAIR_STYLES: readonly HairStyle[] = ['short', 'bob', 'bun', 'curly'];
const CLOTHES = [
  ['#2c3c5e', '#1d2942', '#43557c'],
  ['#6b2d3c', '#4a1d29', '#8a4353'],
  ['#2f5147', '#1f3831', '#456d61'],
  ['#33323a', '#212027', '#4b4a54'],
  ['#4f3a66', '#372748', '#6b5385'],
  ['#28566b', '#1a3c4b', '#3e7288'],
] as const;
/** Similar in tone, so that players stand out in front of all of them. */
const PLACES: readonly Place[] = [
  { wallTop: '#9fb3c4', wallBottom: '#c9d4da', floor: '#a9836a', style: 'plain' },
  { wallTop: '#b89f95', wallBottom: '#dccabd', floor: '#8f6f5a', style: 'panels' },
  { wallTop: '#8fae9f', wallBottom: '#c5d5c6', floor: '#a58868', style: 'plain' },
  { wallTop: '#a893ab', wallBottom: '#d2c3cf', floor: '#8c6b60', style: 'curtain' },
  { wallTop: '#b7ab8a', wallBottom: '#ded5b8', floor: '#94745a', style: 'panels' },
];

export function randomPerson(random: Random): Person {
  const [skin, skinShade] = pick(random, SKINS);
  const [clothes, clothesShade, clothesLight] = pick(random, CLOTHES);
  const [hair, hairStyle] = [pick(random, HAIRS), pick(random, HAIR_STYLES)];
  return { skin, skinShade, hair, hairStyle, clothes, clothesShade, clothesLight, build: 0.9 + 0.22 * random.uniform() };
}

export function randomPlace(random: Random): Place {
  return pick(random, PLACES);
}

export function randomFraming(random: Random): Framing {
  const spread = (width: number) => Math.round(100 * width * (2 * random.uniform() - 1)) / 100 + 0; // + 0: never -0
  return { scale: 1 + spread(0.035), moveX: spread(2.5), moveY: spread(1.5) };
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.integer(list.length)];
}
