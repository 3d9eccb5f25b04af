/** Whether a JPEG lacks its end marker or a PNG its last chunk: such a file was not copied to its end. False for other formats. */
export function isTruncatedImage(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return !endsWith(bytes, [0xff, 0xd9]);
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return !endsWith(bytes, [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
  return false;
}

/** Whether the bytes end so, apart from zeros that some programs append. */
function endsWith(bytes: Uint8Array, ending: readonly number[]): boolean {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end >= ending.length && ending.every((byte, i) => bytes[end - ending.length + i] === byte);
}
