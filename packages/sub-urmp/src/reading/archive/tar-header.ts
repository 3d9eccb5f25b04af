import { BrokenFileError } from '../check/broken-file';

/** Tar files consist of blocks of so many bytes. */
export const BLOCK_BYTES = 512;

/** One entry of a tar file, without its data. */
export interface TarHeader {
  readonly name: string;
  /** `0` for a file; others are links, folders, or more about the entry that follows. */
  readonly type: string;
  readonly size: number;
}

const field = (block: Buffer, start: number, length: number): string => {
  const bytes = block.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? length : end);
};

/** A number in octal digits; above 8 GiB, GNU tar's binary form. */
function numberIn(block: Buffer, start: number, length: number): number {
  if (block[start] & 0x80) return Number(BigInt(`0x${block.toString('hex', start, start + length)}`) & (2n ** 63n - 1n));
  return parseInt(field(block, start, length).trim() || '0', 8);
}

const CHECKSUM = { start: 148, length: 8 };

/** Sum of a header's bytes, its checksum taken for spaces. */
function sumOf(block: Buffer): number {
  let sum = 8 * 32;
  for (const [i, byte] of block.entries()) if (i < CHECKSUM.start || i >= CHECKSUM.start + CHECKSUM.length) sum += byte;
  return sum;
}

/**
 * Parses a header (POSIX ustar); undefined for a block of zeros, which is the end of the file.
 * @throws BrokenFileError that names the tar file if the block is no header
 */
export function parseTarHeader(block: Buffer, tar: string, offset: number): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (numberIn(block, CHECKSUM.start, CHECKSUM.length) !== sumOf(block))
    throw new BrokenFileError('unreadable', tar, `openDataset: ${tar} must be a tar file, got no header at byte ${offset}`);
  const prefix = field(block, 257, 5) === 'ustar' && block[262] === 0 ? field(block, 345, 155) : '';
  const name = field(block, 0, 100);
  const type = field(block, 156, 1) || '0';
  return { name: prefix ? `${prefix}/${name}` : name, type, size: numberIn(block, 124, 12) };
}

/** The records of a PAX header, `length key=value` each; a value may hold anything. */
export function parsePaxRecords(data: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let start = 0; start < data.length;) {
    const space = data.indexOf(0x20, start);
    const length = space < 0 ? 0 : Number(data.toString('latin1', start, space));
    if (!(length > 0)) break;
    const record = data.toString('utf8', space + 1, start + length - 1);
    records.set(record.slice(0, record.indexOf('=')), record.slice(record.indexOf('=') + 1));
    start += length;
  }
  return records;
}

const padded = (size: number) => Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;

/** Bytes that `size` bytes of data take in a tar file. */
export const paddedSize = padded;

/** A header for a file of this name and size; names that ustar has no room for get a PAX header before it. Always the same bytes. */
export function tarHeader(name: string, size: number): Buffer {
  const plain = /^[ -~]*$/.test(name) && name.length <= 100;
  if (plain) return ustar({ name, size, type: '0' });
  const record = paxRecord('path', name);
  const data = Buffer.alloc(padded(record.length));
  record.copy(data);
  return Buffer.concat([
    ustar({ name: 'PaxHeader', size: record.length, type: 'x' }),
    data,
    ustar({ name: 'see-pax-header', size, type: '0' }),
  ]);
}

/** `length key=value\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const digits = String(bytes + String(bytes).length).length;
  return Buffer.from(`${bytes + digits}${rest}`);
}

function ustar({ name, size, type }: TarHeader): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  const write = (text: string, start: number) => block.write(text, start, 'latin1');
  write(name, 0);
  write('0000644\0', 100);
  write('0000000\0', 108);
  write('0000000\0', 116);
  write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  write('00000000000\0', 136);
  write(type, 156);
  write('ustar\x0000', 257);
  write(`${sumOf(block).toString(8).padStart(6, '0')}\0 `, CHECKSUM.start);
  return block;
}
