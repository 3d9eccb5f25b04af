/** Until the function that is returned is called, Math.random throws: numbers that a recorded step draws would be the same in each replay. */
export function refuseRandomNumbers(isRecording: () => boolean): () => void {
  const { random } = Math;
  Math.random = () => {
    if (isRecording())
      throw new Error(
        'record: step must not draw random numbers (Math.random, randomNormal, dropout), which each replay would repeat: pass them as inputs',
      );
    return random();
  };
  return () => void (Math.random = random);
}
