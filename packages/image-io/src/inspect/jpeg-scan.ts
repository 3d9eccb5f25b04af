import { ScanBits, type HuffmanTable } from './jpeg-huffman';
import { DamageFound } from './inspection';

export interface JpegComponent {
  id: number;
  horizontal: number;
  vertical: number;
  /** Blocks of 8×8 in a row and in a column of this component. */
  blocksAcross: number;
  blocksDown: number;
  /** Blocks in a row where components are interleaved: whole MCUs. */
  stride: number;
  /** Which of a block's 64 coefficients are non-zero so far: two 32-bit words per block. Only progressive pictures need it. */
  nonZero?: Uint32Array;
}

export interface JpegScan {
  components: readonly { component: JpegComponent; dc?: HuffmanTable; ac?: HuffmanTable }[];
  progressive: boolean;
  /** First and last coefficient, the bits sent before, and the bits left out after: Ss, Se, Ah and Al of the standard. */
  spectralStart: number;
  spectralEnd: number;
  previousBit: number;
  bit: number;
  /** MCUs from one restart marker to the next; 0 for none. */
  restartInterval: number;
  mcusAcross: number;
  mcusDown: number;
}

/** How a scan's data ended. */
export interface ScanEnd {
  /** Offset of the byte after the last one used. */
  end: number;
  paddedWithOnes: boolean;
}

/**
 * Follows a scan's Huffman codes from block to block, to check that its data is complete; no coefficient is computed.
 * @param start the first byte of the data
 * @throws DamageFound if codes are wrong or run out before the last block, or a restart marker is missing
 */
export function followScan(bytes: Uint8Array, start: number, scan: JpegScan): ScanEnd {
  const bits = new ScanBits(bytes, start);
  const readBlock = blockReader(bits, scan);
  const single = scan.components.length === 1 ? scan.components[0]!.component : undefined;
  const across = single ? single.blocksAcross : scan.mcusAcross;
  const total = across * (single ? single.blocksDown : scan.mcusDown);
  let restarts = 0;
  for (let mcu = 0; mcu < total; mcu++) {
    if (scan.restartInterval > 0 && mcu > 0 && mcu % scan.restartInterval === 0) passRestart(bytes, bits, restarts++);
    if (mcu % (scan.restartInterval || Infinity) === 0) readBlock.reset();
    const [x, y] = [mcu % across, Math.floor(mcu / across)];
    for (const [i, { component }] of scan.components.entries()) {
      if (single) readBlock(i, y * component.stride + x);
      else {
        for (let v = 0; v < component.vertical; v++) {
          const row = (y * component.vertical + v) * component.stride + x * component.horizontal;
          for (let h = 0; h < component.horizontal; h++) readBlock(i, row + h);
        }
      }
    }
    if (bits.ranOut) throw new DamageFound(`its data ends ${Math.floor((100 * mcu) / total)} % of the way through a scan`);
  }
  return bits.finish();
}

function passRestart(bytes: Uint8Array, bits: ScanBits, count: number): void {
  const { end } = bits.finish();
  let at = end;
  while (at < bytes.length && (bytes[at] !== 0xff || bytes[at + 1] === 0 || bytes[at + 1] === 0xff)) at++;
  if (bytes[at + 1] !== 0xd0 + (count % 8)) throw new DamageFound(`restart marker ${count} of a scan is missing`);
  bits.at = at + 2;
}

type ReadBlock = ((component: number, block: number) => void) & { reset(): void };

function blockReader(bits: ScanBits, scan: JpegScan): ReadBlock {
  if (!scan.progressive) return Object.assign(sequentialReader(bits, scan), { reset() {} });
  if (scan.spectralStart === 0) return Object.assign(progressiveDcReader(bits, scan), { reset() {} });
  return scan.previousBit === 0 ? firstAcReader(bits, scan) : refiningAcReader(bits, scan);
}

function symbolOf(bits: ScanBits, table: HuffmanTable | undefined): number {
  const symbol = table ? bits.symbol(table) : -1;
  if (symbol >= 0) return symbol;
  if (bits.ranOut) throw new DamageFound('its data ends in the middle of a scan');
  throw new DamageFound(table ? 'its data contains a code that is not in its tables' : 'a scan lacks its Huffman table');
}

function sequentialReader(bits: ScanBits, { components }: JpegScan) {
  return (index: number) => {
    const { dc, ac } = components[index]!;
    bits.take(symbolOf(bits, dc) & 15);
    for (let k = 1; k < 64; k++) {
      const symbol = symbolOf(bits, ac);
      const size = symbol & 15;
      if (size > 0) bits.take(size);
      else if (symbol !== 0xf0) return;
      k += symbol >> 4;
    }
  };
}

function progressiveDcReader(bits: ScanBits, { components, previousBit }: JpegScan) {
  return (index: number) => {
    if (previousBit === 0) bits.take(symbolOf(bits, components[index]!.dc) & 15);
    else bits.take(1);
  };
}

function firstAcReader(bits: ScanBits, { components, spectralStart, spectralEnd }: JpegScan): ReadBlock {
  let emptyBlocks = 0;
  const read = (index: number, block: number) => {
    if (emptyBlocks > 0) {
      emptyBlocks--;
      return;
    }
    const { component, ac } = components[index]!;
    for (let k = spectralStart; k <= spectralEnd; k++) {
      const symbol = symbolOf(bits, ac);
      const [run, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && run < 15) {
        emptyBlocks = (1 << run) + bits.take(run) - 1;
        return;
      }
      k += run;
      if (size === 0) continue;
      bits.take(size);
      markNonZero(component, block, k);
    }
  };
  return Object.assign(read, { reset: () => void (emptyBlocks = 0) });
}

function refiningAcReader(bits: ScanBits, { components, spectralStart, spectralEnd }: JpegScan): ReadBlock {
  let emptyBlocks = 0;
  const read = (index: number, block: number) => {
    const { component, ac } = components[index]!;
    let k = spectralStart;
    while (emptyBlocks === 0 && k <= spectralEnd) {
      const symbol = symbolOf(bits, ac);
      let run = symbol >> 4;
      const isNew = (symbol & 15) > 0;
      if (isNew) bits.take(1);
      else if (run < 15) {
        emptyBlocks = (1 << run) + bits.take(run);
        break;
      }
      for (; k <= spectralEnd; k++) {
        if (isNonZero(component, block, k)) bits.take(1);
        else if (run-- === 0) break;
      }
      if (isNew && k <= spectralEnd) markNonZero(component, block, k);
      k++;
    }
    if (emptyBlocks === 0) return;
    for (; k <= spectralEnd; k++) if (isNonZero(component, block, k)) bits.take(1);
    emptyBlocks--;
  };
  return Object.assign(read, { reset: () => void (emptyBlocks = 0) });
}

function markNonZero(component: JpegComponent, block: number, k: number): void {
  if (component.nonZero && k < 64) component.nonZero[block * 2 + (k >> 5)]! |= 1 << (k & 31);
}

function isNonZero({ nonZero }: JpegComponent, block: number, k: number): boolean {
  return nonZero !== undefined && ((nonZero[block * 2 + (k >> 5)]! >>> (k & 31)) & 1) === 1;
}
