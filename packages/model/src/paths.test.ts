import { describe, expect, it } from 'vitest';
import {
  DIRECTIONS,
  PATHS,
  WAYS,
  endOf,
  generatedRoles,
  intermediateOf,
  modalityOf,
  otherModality,
  sourceOf,
  wayName,
  waysOf,
} from './paths';

describe('paths', () => {
  it('are those of the paper: four over both modalities, two in LCGAN', () => {
    expect(PATHS.four.map((path) => [...path].join('→'))).toEqual(['V→A→V', 'A→V→A', 'V→V→A', 'A→A→V']);
    expect(PATHS.two).toEqual(PATHS.four.slice(0, 2));
  });

  it('go by way of a generated sample, which follows from the one before it', () => {
    expect(PATHS.four.map(intermediateOf)).toEqual(['VA', 'AV', 'VV', 'AA']);
    expect([sourceOf('VVA'), sourceOf('VV'), modalityOf('VVA'), modalityOf('A')]).toEqual(['VV', 'V', 'A', 'A']);
  });

  it('generate eight samples, or four in LCGAN, intermediates first', () => {
    expect(generatedRoles(PATHS.four)).toEqual(['VA', 'AV', 'VV', 'AA', 'VAV', 'AVA', 'VVA', 'AAV']);
    expect(generatedRoles(PATHS.two)).toEqual(['VA', 'AV', 'VAV', 'AVA']);
  });
});

describe('ways', () => {
  it('go from each modality to the other, ends of paths before direct outputs', () => {
    expect(WAYS.map(wayName)).toEqual(['A→A→V', 'A→V', 'V→V→A', 'V→A']);
    expect(WAYS.map(({ output }) => output)).toEqual(['pathEnd', 'direct', 'pathEnd', 'direct']);
    expect(WAYS.map(({ passes }) => passes)).toEqual([['AA', 'AAV'], ['AV'], ['VV', 'VVA'], ['VA']]);
    for (const way of WAYS) expect(modalityOf(endOf(way))).toBe(otherModality(way.from));
  });

  it('of LCGAN and of a baseline are the direct ones that they generate', () => {
    expect(waysOf(generatedRoles(PATHS.two)).map(wayName)).toEqual(['A→V', 'V→A']);
    expect(waysOf(['AV']).map(wayName)).toEqual(['A→V']);
  });

  it("are listed by direction in the order of the paper's tables", () => {
    expect(DIRECTIONS).toEqual(['soundToImage', 'imageToSound']);
  });
});
