import { open } from 'node:fs/promises';

const TEXT = /^[\t\n\r\x20-\x7e]+$/;

/** Describes what an unplayable file is instead of a video, judging by its first bytes; undefined if they do not tell. */
export async function whatInstead(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    const start = buffer.toString('latin1', 0, bytesRead);
    if (bytesRead === 0) return 'it is empty';
    if (start.startsWith('version https://git-lfs')) return 'it is a Git LFS pointer: its content was never fetched';
    if (/^\s*<(!doctype )?html/i.test(start)) return 'it is an HTML page, not a video';
    if (TEXT.test(start)) return 'it is text, not a video';
    return buffer.subarray(0, bytesRead).every((byte) => byte === 0)
      ? 'it begins with zeros, as a file that was never filled'
      : undefined;
  } finally {
    await file.close();
  }
}
