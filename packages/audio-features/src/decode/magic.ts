/** Whether the bytes at `offset` are these letters. */
export function lettersAt(bytes: Uint8Array, offset: number, letters: string): boolean {
  for (let i = 0; i < letters.length; i++) if (bytes[offset + i] !== letters.charCodeAt(i)) return false;
  return true;
}

/** Four letters at `offset`, Latin-1; fewer at the end of the bytes. */
export function fourLetters(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

/** Where the file proper begins after the ID3v2 tags at its front, if there are any; may lie beyond the end. */
export function afterId3(bytes: Uint8Array): number {
  let at = 0;
  while (lettersAt(bytes, at, 'ID3') && at + 10 <= bytes.length) {
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (bytes[at + i]! & 127), 0);
    at += 10 + size + ((bytes[at + 5]! & 16) === 16 ? 10 : 0); // some have a footer
  }
  return at;
}

/** Describes the first bytes for an error message: as text if they are text. */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const head = [...bytes.subarray(0, 16)];
  const isText = head.every((byte) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13);
  if (isText) return `the text ${JSON.stringify(String.fromCharCode(...head))}`;
  return `bytes ${head.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
}
