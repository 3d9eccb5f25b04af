/** In the page: the bytes of one of the `files` passed to `runInChromium`. */
export function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  const encoded = (globalThis as unknown as { FILES: Record<string, string> }).FILES[name];
  if (encoded === undefined) throw new RangeError(`bytesOf: name must be that of a file passed to the page, got ${name}`);
  return Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
}
