/**
 * Says on the screen what is skipped, and why. It is an error where CMCGAN_NPM_IS_ENOUGH is true: there, npm's packages must bring what
 * is missing (`npm run check bare`).
 */
export function reportMissing(sentence: string): void {
  if (process.env.CMCGAN_NPM_IS_ENOUGH === 'true') throw new Error(sentence);
  console.warn(`Skipped: ${sentence}.`);
}
