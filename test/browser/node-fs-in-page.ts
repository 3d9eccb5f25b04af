// Replaces node:fs where the tests run in a page: reads the files that the Node side put there.
import { bytesOf } from './files-in-page';

export function readFileSync(url: URL): Uint8Array;
export function readFileSync(url: URL, encoding: 'utf8'): string;
export function readFileSync({ pathname }: URL, encoding?: 'utf8'): Uint8Array | string {
  return encoding ? new TextDecoder().decode(bytesOf(pathname)) : bytesOf(pathname);
}
