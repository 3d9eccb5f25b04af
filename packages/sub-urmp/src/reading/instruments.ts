/** The 13 instruments of Sub-URMP in the alphabetical order of their class ids (paper, "Experiments"). */
export const INSTRUMENTS = [
  'bassoon',
  'cello',
  'clarinet',
  'double_bass',
  'flute',
  'horn',
  'oboe',
  'sax',
  'trombone',
  'trumpet',
  'tuba',
  'viola',
  'violin',
] as const;

/** A class of Sub-URMP. */
export type Instrument = (typeof INSTRUMENTS)[number];
