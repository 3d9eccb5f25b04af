/**
 * A table of a DHT segment, as a lookup by the next 16 bits: [65536], the code's length in the upper byte, its symbol in the lower;
 * 0 if no code begins with these bits.
 */
export type HuffmanTable = Uint16Array;

/** Builds a table from its 16 counts and its symbols (ITU-T T.81, annex C). Codes that do not fit are left out. */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(65536);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < counts[length - 1]!; i++, code++, next++) {
      const start = code << (16 - length);
      table.fill((length << 8) | symbols[next]!, start, start + (1 << (16 - length)));
    }
    code <<= 1;
  }
  return table;
}

/** Reads the bits of a scan's data; stuffed zeros are dropped. After the last byte before a marker it returns zeros, and counts them. */
export class ScanBits {
  private buffer = 0;
  private held = 0;
  /** Buffered bits that did not come from the file. */
  private made = 0;

  constructor(
    private readonly bytes: Uint8Array,
    /** The next byte to read; at the marker once the data is used up. */
    public at: number,
  ) {}

  private fill(): void {
    while (this.held <= 16) {
      const byte = this.bytes[this.at];
      const escaped = byte === 0xff && this.bytes[this.at + 1] === 0;
      if (byte === undefined || (byte === 0xff && !escaped)) {
        this.made += 8;
        this.buffer <<= 8;
      } else {
        this.buffer = (this.buffer << 8) | byte;
        this.at += escaped ? 2 : 1;
      }
      this.held += 8;
    }
  }

  /** The symbol that the next bits encode; -1 if there is none. */
  symbol(table: HuffmanTable): number {
    this.fill();
    const entry = table[(this.buffer >>> (this.held - 16)) & 0xffff]!;
    if (entry === 0) return -1;
    this.held -= entry >>> 8;
    return entry & 0xff;
  }

  /** The next bits, at most 16, as a number. */
  take(count: number): number {
    this.fill();
    this.held -= count;
    return (this.buffer >>> this.held) & ((1 << count) - 1);
  }

  /** Whether more bits were taken than there were. */
  get ranOut(): boolean {
    return this.made > this.held;
  }

  /**
   * Ends a run of data: what is left of the last byte is padding. Drops the buffer, so that reading can continue after a marker.
   * @returns `paddedWithOnes`, as the standard asks, and `end`, the offset of the byte after the last one used
   */
  finish(): { paddedWithOnes: boolean; end: number } {
    const left = Math.max(0, this.held - this.made);
    const padding = left % 8;
    const last = (this.buffer >>> (this.held - padding)) & ((1 << padding) - 1);
    let end = this.at;
    for (let unread = (left - padding) / 8; unread > 0; unread--)
      end -= this.bytes[end - 2] === 0xff && this.bytes[end - 1] === 0 ? 2 : 1;
    this.buffer = this.held = this.made = 0;
    return { paddedWithOnes: last === (1 << padding) - 1, end };
  }
}
