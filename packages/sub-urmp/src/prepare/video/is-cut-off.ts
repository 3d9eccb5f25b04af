import { open, type FileHandle } from 'node:fs/promises';

/** A file that is read a few bytes at a time. */
interface Reader {
  size: number;
  /** Reads bytes from a position on; fewer at the end of the file. */
  read(at: number, length: number): Promise<Buffer>;
}

/**
 * Whether a video file is truncated according to its container, as after an incomplete copy or recording. This can be told for MP4 and
 * its relatives, Matroska and WebM, AVI, ASF (wmv), FLV and transport streams; false for any others.
 */
export async function isCutOff(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const reader = { size: (await file.stat()).size, read: readFrom(file) };
    const start = await reader.read(0, 16);
    const check = CONTAINERS.find(({ recognises }) => recognises(start));
    return check !== undefined && (await check.isCutOff(reader));
  } finally {
    await file.close();
  }
}

const readFrom = (file: FileHandle) => async (at: number, length: number) => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

const ASF_HEADER = Buffer.from('3026b2758e66cf11', 'hex');
const ASF_FILE_PROPERTIES = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');
const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;

/** One row per container. */
const CONTAINERS: readonly { recognises(start: Buffer): boolean; isCutOff(file: Reader): Promise<boolean> }[] = [
  { recognises: (start) => ['ftyp', 'moov', 'mdat', 'wide'].includes(start.toString('latin1', 4, 8)), isCutOff: isMp4CutOff },
  { recognises: (start) => start.length >= 4 && start.readUInt32BE(0) === EBML, isCutOff: isMatroskaCutOff },
  {
    recognises: (start) => start.toString('latin1', 0, 4) === 'RIFF' && start.toString('latin1', 8, 11) === 'AVI',
    async isCutOff({ read, size }) {
      const declared = (await read(4, 4)).readUInt32LE(0);
      return declared !== 0xffffffff && declared + 8 > size;
    },
  },
  { recognises: (start) => start.subarray(0, 8).equals(ASF_HEADER), isCutOff: isAsfCutOff },
  {
    recognises: (start) => start.toString('latin1', 0, 3) === 'FLV',
    async isCutOff({ read, size }) {
      const last = size < 17 ? 0 : (await read(size - 4, 4)).readUInt32BE(0); // bytes of the last tag
      if (last < 11 || last + 4 > size) return true;
      return (await read(size - 4 - last + 1, 3)).readUIntBE(0, 3) + 11 !== last;
    },
  },
  { recognises: (start) => start[0] === 0x47, isCutOff: async ({ size }) => size % 188 !== 0 },
  { recognises: (start) => start[4] === 0x47, isCutOff: async ({ size }) => size % 192 !== 0 },
];

/** Walks the boxes: the last one must end where the file does, and there must be an index, or fragments that carry their own. */
async function isMp4CutOff({ read, size }: Reader): Promise<boolean> {
  let hasIndex = false;
  for (let at = 0; at + 8 <= size;) {
    const header = await read(at, 16);
    const type = header.toString('latin1', 4, 8);
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) break; // something after the end
    hasIndex ||= type === 'moov';
    const short = header.readUInt32BE(0);
    if (short === 0) break; // to the end of the file
    if (short === 1 && header.length < 16) return true;
    const length = short === 1 ? Number(header.readBigUInt64BE(8)) : short;
    if (at + length > size) return true;
    at += Math.max(8, length);
  }
  return !hasIndex;
}

/** The segment after the EBML header states its length, unless it was written as a stream. */
async function isMatroskaCutOff({ read, size }: Reader): Promise<boolean> {
  const header = readVint(await read(4, 8));
  const at = 4 + header.bytes + Number(header.value);
  const segment = await read(at, 12);
  if (segment.length < 12) return true;
  if (segment.readUInt32BE(0) !== SEGMENT) return false;
  const { value, bytes } = readVint(segment.subarray(4));
  const unknown = (1n << BigInt(7 * bytes)) - 1n;
  return value !== unknown && at + 4 + bytes + Number(value) > size;
}

/** Reads an EBML number, whose length in bytes is one more than the number of leading zero bits of its first byte. */
function readVint(bytes: Buffer): { value: bigint; bytes: number } {
  const length = Math.min(8, Math.clz32(bytes[0] ?? 0) - 23);
  let value = BigInt((bytes[0] ?? 0) & (0xff >> length));
  for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return { value, bytes: length };
}

/** The file properties in the header contain the file's size. */
async function isAsfCutOff({ read, size }: Reader): Promise<boolean> {
  const header = await read(0, 64 * 1024);
  const at = header.indexOf(ASF_FILE_PROPERTIES);
  if (at < 0 || at + 48 > header.length) return true;
  const declared = Number(header.readBigUInt64LE(at + 40));
  return declared > size;
}
