import type { GeneratedRole } from '@cmcgan/model';

/** How the sample of each role was generated, in the order in which samples are shown. A: a sound (audio), V: an image (visual). */
export const ROLE_TEXTS: Readonly<Record<GeneratedRole, string>> = {
  AAV: 'from the sound, via a sound made from it',
  AV: 'from the sound, directly',
  VAV: 'from the image, via a sound made from it',
  VVA: 'from the image, via an image made from it',
  VA: 'from the image, directly',
  AVA: 'from the sound, via an image made from it',
  AA: 'from the sound, directly',
  VV: 'from the image, directly',
};

/** What the letters and arrows of a path mean. */
export const PATH_LEGEND =
  'A is a sound (audio), V an image (visual), and each arrow is one step of generation: A→A→V is given a sound, makes a sound from it, and an image from that.';
