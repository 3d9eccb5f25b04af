import { collectFindings, DamageFound, type Inspection } from './inspection';
import { huffmanTable, type HuffmanTable } from './jpeg-huffman';
import { followScan, type JpegComponent, type JpegScan, type ScanEnd } from './jpeg-scan';

/** How many stray bytes may follow a scan, fewer than a shifted picture would leave; more must be plain padding. */
const STRAY_BYTES = 64;
/** More zeros than any encoder writes at the end of its data: the rest of such a file was never copied. */
const ZERO_BYTES = 8;

interface Frame {
  progressive: boolean;
  /** Arithmetic or lossless coding: its data is not followed. */
  opaque: boolean;
  components: JpegComponent[];
  mcusAcross: number;
  mcusDown: number;
}

interface State {
  bytes: Uint8Array;
  warnings: string[];
  frame?: Frame;
  dc: (HuffmanTable | undefined)[];
  ac: (HuffmanTable | undefined)[];
  restartInterval: number;
  /** By component and coefficient, how many low bits are still to come; 255 before the first scan. */
  missingBits: Map<number, Uint8Array>;
}

/**
 * Follows a JPEG from its first to its end marker, Huffman codes included. What viewers ignore (stray bytes between segments,
 * wrong scan parameters, a missing end marker) is a warning; missing or wrong data is damage. Bytes after the end
 * marker are ignored.
 */
export function inspectJpeg(bytes: Uint8Array): Inspection {
  return collectFindings((warnings) => {
    const state: State = { bytes, warnings, dc: [], ac: [], restartInterval: 0, missingBits: new Map() };
    for (let at = 2; ;) {
      const found = nextMarker(bytes, at);
      if (!found) return endWithoutMarker(state, bytes.length - at);
      if (found.at > at) state.warnings.push(`${count(found.at - at)} before marker ${hex(found.marker)}`);
      at = found.at + 2;
      if (found.marker === 0xd9) return assertComplete(state);
      if (isBare(found.marker)) continue;
      const body = segment(state, at, found.marker);
      at += body.length + 2;
      readSegment(state, found.marker, body);
      if (found.marker === 0xda) at = passScan(state, body, at);
    }
  });
}

/** Walks over a JPEG's segments up to its end marker; returns the data of its scans, undecoded, and whether the marker is there. */
export function walkJpeg(bytes: Uint8Array): { scans: Uint8Array[]; hasEndMarker: boolean } {
  const scans: Uint8Array[] = [];
  for (let at = 2; ;) {
    const found = nextMarker(bytes, at);
    if (!found || found.marker === 0xd9) return { scans, hasEndMarker: found !== undefined };
    at = found.at + 2;
    if (isBare(found.marker)) continue;
    if (at + 2 > bytes.length) return { scans, hasEndMarker: false };
    at += Math.max(2, (bytes[at]! << 8) | bytes[at + 1]!);
    if (found.marker !== 0xda) continue;
    const end = endOfData(bytes, at);
    scans.push(bytes.subarray(at, end));
    at = end;
  }
}

const hex = (byte: number) => `0x${byte.toString(16).padStart(2, '0')}`;
const count = (bytes: number) => `${bytes} stray ${bytes === 1 ? 'byte' : 'bytes'}`;
/** Markers without a length: RST, SOI, TEM. */
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

/** The next 0xff followed by a marker code; fill bytes before it belong to it. */
function nextMarker(bytes: Uint8Array, from: number): { at: number; marker: number } | undefined {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff || bytes[at + 1] === 0) continue;
    const first = at;
    while (bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (marker === undefined) return undefined;
    if (marker !== 0) return first === from ? { at: dropFill(bytes, from), marker } : { at, marker };
  }
  return undefined;
}

/** Fill bytes directly before a marker are not stray bytes: the segment begins with the last of them. */
function dropFill(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at + 1] === 0xff) at++;
  return at;
}

function segment({ bytes }: State, at: number, marker: number): Uint8Array {
  const length = at + 1 < bytes.length ? (bytes[at]! << 8) | bytes[at + 1]! : 2;
  if (length < 2) throw new DamageFound(`its segment ${hex(marker)} at byte ${at - 2} claims a length of ${length}`);
  if (at + Math.max(length, 2) > bytes.length) throw new DamageFound(`it ends in the middle of its segment ${hex(marker)}`);
  return bytes.subarray(at + 2, at + length);
}

function readSegment(state: State, marker: number, body: Uint8Array): void {
  if (marker === 0xc4) readTables(state, body);
  else if (marker === 0xdd && body.length >= 2) state.restartInterval = (body[0]! << 8) | body[1]!;
  else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) state.frame = readFrame(marker, body);
}

function readTables({ dc, ac }: State, body: Uint8Array): void {
  for (let at = 0; at + 17 <= body.length;) {
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, n) => sum + n, 0);
    const symbols = body.subarray(at + 17, at + 17 + total);
    if (symbols.length < total) throw new DamageFound('its Huffman tables are truncated');
    (body[at]! & 16 ? ac : dc)[body[at]! & 3] = huffmanTable(counts, symbols);
    at += 17 + total;
  }
}

function readFrame(marker: number, body: Uint8Array): Frame {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [height, width, components] = [view.getUint16(1), view.getUint16(3), view.getUint8(5)];
  const sampling = Array.from({ length: components }, (_, i) => view.getUint8(7 + i * 3));
  const [maxH, maxV] = [Math.max(1, ...sampling.map((s) => s >> 4)), Math.max(1, ...sampling.map((s) => s & 15))];
  const [mcusAcross, mcusDown] = [Math.ceil(width / (8 * maxH)), Math.ceil(height / (8 * maxV))];
  const progressive = marker === 0xc2;
  const opaque = !([0xc0, 0xc1, 0xc2] as number[]).includes(marker) || width * height === 0;
  return {
    progressive,
    opaque,
    mcusAcross,
    mcusDown,
    components: sampling.map((s, i) => {
      const [horizontal, vertical] = [s >> 4, s & 15];
      const stride = mcusAcross * horizontal;
      return {
        id: view.getUint8(6 + i * 3),
        horizontal,
        vertical,
        blocksAcross: Math.ceil(Math.ceil((width * horizontal) / maxH) / 8),
        blocksDown: Math.ceil(Math.ceil((height * vertical) / maxV) / 8),
        stride,
        ...(progressive && !opaque && { nonZero: new Uint32Array(2 * stride * mcusDown * vertical) }),
      };
    }),
  };
}

/** Follows a scan's data; returns where the next segment begins. */
function passScan(state: State, header: Uint8Array, start: number): number {
  const { frame, warnings, bytes } = state;
  if (!frame) throw new DamageFound('it has a scan before its frame header');
  if (frame.opaque) return endOfData(bytes, start);
  const scan = readScan(state, frame, header);
  const ended = followScan(bytes, start, scan);
  const next = endOfData(bytes, ended.end);
  const stray = next - ended.end;
  if (stray > 0) {
    assertHarmless(bytes, ended, next);
    warnings.push(`${count(stray)} after a scan`);
  }
  for (const { component } of scan.components) {
    const missing = state.missingBits.get(component.id) ?? new Uint8Array(64).fill(255);
    missing.fill(scan.bit, scan.spectralStart, scan.spectralEnd + 1);
    state.missingBits.set(component.id, missing);
  }
  return next;
}

function readScan(state: State, frame: Frame, header: Uint8Array): JpegScan {
  const size = header[0] ?? 0;
  if (header.length < 4 + size * 2) throw new DamageFound('it has a truncated scan header');
  const components = Array.from({ length: size }, (_, i) => {
    const component = frame.components.find(({ id }) => id === header[1 + i * 2]);
    if (!component) throw new DamageFound(`a scan names component ${header[1 + i * 2]}, which its frame does not have`);
    const tables = header[2 + i * 2]!;
    return { component, dc: state.dc[(tables >> 4) & 3], ac: state.ac[tables & 3] };
  });
  if (size === 0) throw new DamageFound('it has a scan without a component');
  const [spectralStart, spectralEnd, bits] = [...header.subarray(1 + size * 2)] as [number, number, number];
  const { progressive, mcusAcross, mcusDown } = frame;
  const rest = { components, progressive, restartInterval: state.restartInterval, mcusAcross, mcusDown };
  if (!progressive) {
    if (spectralStart !== 0 || spectralEnd !== 63 || bits !== 0)
      state.warnings.push('scan parameters that a sequential JPEG does not have');
    return { ...rest, spectralStart: 0, spectralEnd: 63, previousBit: 0, bit: 0 };
  }
  if (spectralStart > spectralEnd || spectralEnd > 63)
    throw new DamageFound(`a scan claims coefficients ${spectralStart} to ${spectralEnd}`);
  return { ...rest, spectralStart, spectralEnd, previousBit: bits >> 4, bit: bits & 15 };
}

/** Where the next marker other than a restart marker begins. */
function endOfData(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] === 0xff && bytes[at + 1] !== 0 && bytes[at + 1] !== 0xff && (bytes[at + 1]! < 0xd0 || bytes[at + 1]! > 0xd7))
      return at;
  }
  return bytes.length;
}

/** Bytes left over after the last block are padding, or a sign that blocks went missing. */
function assertHarmless(bytes: Uint8Array, { end, paddedWithOnes }: ScanEnd, next: number): void {
  const used = bytes.subarray(Math.max(0, end - ZERO_BYTES), end);
  if (used.every((byte) => byte === 0)) throw new DamageFound('its data turns into zeros before its end');
  const left = bytes.subarray(end, next);
  const plain = left.length <= STRAY_BYTES || left.every((byte) => byte === left[0]);
  if (!paddedWithOnes || !plain) throw new DamageFound(`its data goes on for ${left.length} bytes after its last block`);
}

function endWithoutMarker(state: State, left: number): void {
  assertComplete(state);
  const unfinished = [...state.missingBits.values()].some((missing) => missing.some((bits) => bits > 0));
  if (unfinished && state.frame?.progressive) throw new DamageFound('it ends before its last scan');
  state.warnings.push(left > 0 ? `no end marker, and ${count(left)} at its end` : 'no end marker');
}

/** Every component must have been sent. */
function assertComplete({ frame, missingBits }: State): void {
  if (!frame) throw new DamageFound('it ends before its frame header');
  if (frame.opaque) return;
  for (const { id } of frame.components) {
    const missing = missingBits.get(id);
    if (!missing) throw new DamageFound('it ends before its last scan');
  }
}
