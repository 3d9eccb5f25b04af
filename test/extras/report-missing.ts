/**
 * Prints what is skipped, and why. Throws instead if CMCGAN_NPM_IS_ENOUGH is true: then npm's packages must provide what is missing
 * (`npm run check bare`).
 */
export function reportMissing(sentence: string): void {
  if (process.env.CMCGAN_NPM_IS_ENOUGH === 'true') throw new Error(sentence);
  console.warn(`Skipped: ${sentence}.`);
}
