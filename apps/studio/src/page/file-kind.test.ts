import { expect, it } from 'vitest';
import { fileKind, needsBrowser } from './file-kind';

const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part].map((letter) => letter.charCodeAt(0)))));

it.each<[string, Uint8Array, string]>([
  ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), 'picture'],
  ['PNG', bytes(0x89, 'PNG\r\n'), 'picture'],
  ['WebP', bytes('RIFF', 0, 0, 0, 0, 'WEBP'), 'picture'],
  ['AVIF', bytes(0, 0, 0, 32, 'ftypavif'), 'picture'],
  ['GIF', bytes('GIF89a'), 'picture'],
  ['WAV', bytes('RIFF', 0, 0, 0, 0, 'WAVE'), 'sound'],
  ['AIFF', bytes('FORM', 0, 0, 0, 0, 'AIFF'), 'sound'],
  ['FLAC', bytes('fLaC'), 'sound'],
  ['Ogg', bytes('OggS'), 'sound'],
  ['MP3 with tags', bytes('ID3', 4), 'sound'],
  ['MP3', bytes(0xff, 0xfb, 0x90), 'sound'],
  ['M4A', bytes(0, 0, 0, 32, 'ftypM4A '), 'sound'],
  ['text', bytes('hello there'), 'unknown'],
  ['nothing', bytes(), 'unknown'],
])('tells what %s is by its first bytes, whatever its name', async (_, content, kind) => {
  expect(await fileKind(new File([content as Uint8Array<ArrayBuffer>], 'file'))).toBe(kind);
});

it('goes by the type of what it does not know, and by the name of a model', async () => {
  expect(await fileKind(new File(['?'], 'a', { type: 'image/x-new' }))).toBe('picture');
  expect(await fileKind(new File(['?'], 'a', { type: 'audio/x-new' }))).toBe('sound');
  expect(await fileKind(new File(['{}'], 'config.json'))).toBe('model');
});

it('leaves MP4 and WebM to the browser', async () => {
  expect(await needsBrowser(new Blob([bytes(0, 0, 0, 32, 'ftypM4A ') as Uint8Array<ArrayBuffer>]))).toBe(true);
  expect(await needsBrowser(new Blob([bytes(0x1a, 'E', 0xdf, 0xa3) as Uint8Array<ArrayBuffer>]))).toBe(true);
  expect(await needsBrowser(new Blob([bytes('RIFF') as Uint8Array<ArrayBuffer>]))).toBe(false);
});
