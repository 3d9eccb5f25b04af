import type { BigIntStats } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';

/** Where a member lies in a tar file. */
export interface TarMember {
  readonly tar: string;
  readonly offset: number;
  readonly size: number;
  /** Its name in the tar file. */
  readonly name: string;
}

/** The path by which a member of a tar file goes: `set/train-000000.tar@1536+20480/violin/violin01_500.jpg`. */
export const memberPath = ({ tar, offset, size, name }: TarMember): string => `${tar}@${offset}+${size}/${name}`;

/** The member that a path stands for; undefined for the path of a file. */
function parseMemberPath(path: string): TarMember | undefined {
  const [, tar, offset, size, name] = /^(.+\.tar)@(\d+)\+(\d+)\/(.+)$/s.exec(path) ?? [];
  return tar === undefined ? undefined : { tar, offset: Number(offset), size: Number(size), name };
}

/** Reads the picture or sound of a pair, by its `imagePath` or `soundPath`: a file, or a member of a tar file. */
export async function readPairFile(path: string): Promise<Uint8Array> {
  const member = parseMemberPath(path);
  if (!member) return readFile(path);
  const file = await open(member.tar);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(member.size), 0, member.size, member.offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Size, times and inode of the file that a path stands for. */
export const statPairFile = (path: string): Promise<BigIntStats> => stat(parseMemberPath(path)?.tar ?? path, { bigint: true });
