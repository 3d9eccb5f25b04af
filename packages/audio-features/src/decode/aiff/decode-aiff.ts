import { decodeWavSamples } from '../../wav/decode-wav-samples';
import { findNonNumber } from '../../wav/read-wav';
import type { SampleEncoding, SampleFormat } from '../../wav/sample-format';
import { isStreamSize } from '../../wav/wav-layout';
import { assertWithinLimit, BrokenRuleError, type DecodedFile, type DecodeLimits } from '../compressed-format';
import { fourLetters } from '../magic';

interface Coding {
  encoding: SampleEncoding;
  /** Bytes per sample; if undefined, as many as its bits need. */
  bytes?: number;
  littleEndian?: true;
}

/** The supported codings of AIFF-C. */
const CODINGS: Record<string, Coding> = {
  'NONE': { encoding: 'integer' },
  'twos': { encoding: 'integer' },
  'sowt': { encoding: 'integer', littleEndian: true },
  'raw ': { encoding: 'unsigned', bytes: 1 },
  'in24': { encoding: 'integer', bytes: 3 },
  'in32': { encoding: 'integer', bytes: 4 },
  '42ni': { encoding: 'integer', bytes: 3, littleEndian: true },
  '23ni': { encoding: 'integer', bytes: 4, littleEndian: true },
  'fl32': { encoding: 'float', bytes: 4 },
  'FL32': { encoding: 'float', bytes: 4 },
  'fl64': { encoding: 'float', bytes: 8 },
  'FL64': { encoding: 'float', bytes: 8 },
  'alaw': { encoding: 'A-law', bytes: 1 },
  'ALAW': { encoding: 'A-law', bytes: 1 },
  'ulaw': { encoding: 'µ-law', bytes: 1 },
  'ULAW': { encoding: 'µ-law', bytes: 1 },
}; // prettier-ignore

/** The common chunk: the sample format, and the declared number of samples. */
interface Common extends SampleFormat {
  frameCount: number;
}

/**
 * Decodes AIFF (Apple, 1989) and AIFF-C (1991).
 * @throws BrokenRuleError for another coding, or samples that are not numbers
 */
export function decodeAiff(bytes: Uint8Array, limits: DecodeLimits): DecodedFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let common: Common | undefined;
  let sound: { from: number; byteCount: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const [id, size, body] = [fourLetters(bytes, at), view.getUint32(at + 4), at + 8];
    if (id === 'COMM') common ??= readCommon(bytes.subarray(body, body + size), fourLetters(bytes, 8) === 'AIFC');
    if (id === 'SSND' && body + 8 <= bytes.length) {
      const unknown = size === 0 || isStreamSize(size);
      const from = body + 8 + view.getUint32(body);
      sound ??= { from, byteCount: unknown ? Math.max(0, bytes.length - from) : Math.max(0, body + size - from) };
    }
    at = body + size + (size % 2);
  }
  if (!common || !sound) throw new RangeError('there is no COMM and SSND chunk (truncated?)');
  const declared = common.frameCount || Math.floor(sound.byteCount / common.blockBytes);
  const there = Math.max(0, Math.floor(Math.min(sound.byteCount, bytes.length - sound.from) / common.blockBytes));
  const frameCount = Math.min(declared, there);
  assertWithinLimit(frameCount * common.channelCount, limits);
  const samples = Array.from({ length: common.channelCount }, () => new Float32Array(frameCount));
  if (frameCount > 0) decodeWavSamples(view, sound.from, frameCount, common, samples);
  const bad = common.encoding === 'float' ? findNonNumber(samples) : undefined;
  if (bad !== undefined) throw new BrokenRuleError(`must hold finite samples, got ${bad}`);
  const damage = there < declared ? `${there} of ${declared} samples (truncated?)` : undefined;
  return { samples, sampleRateHz: common.sampleRateHz, damage };
}

function readCommon(chunk: Uint8Array, isAifc: boolean): Common {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (chunk.length < (isAifc ? 22 : 18)) throw new RangeError(`its COMM chunk has ${chunk.length} bytes (truncated?)`);
  const code = isAifc ? fourLetters(chunk, 18) : 'NONE';
  const coding = CODINGS[code];
  if (!coding) throw new BrokenRuleError(`must hold integer or float PCM, got AIFF-C coding ${JSON.stringify(code)}`);
  const channelCount = view.getUint16(0);
  const bitDepth = view.getUint16(6);
  const sampleRateHz = Math.round(extended(view, 8));
  const sampleBytes = coding.bytes ?? Math.ceil(bitDepth / 8);
  if (channelCount === 0) throw new BrokenRuleError('must have at least one channel, got 0');
  if (!(sampleRateHz > 0 && sampleRateHz < 2 ** 32))
    throw new BrokenRuleError(`must have a positive sample rate, got ${sampleRateHz} Hz`);
  if (sampleBytes < 1 || sampleBytes > 8) throw new BrokenRuleError(`must hold samples of 1 to 64 bits, got ${bitDepth}`);
  const blockBytes = sampleBytes * channelCount;
  const { encoding, littleEndian = false } = coding;
  return { encoding, channelCount, sampleRateHz, sampleBytes, blockBytes, littleEndian, frameCount: view.getUint32(2) };
}

/** Reads an 80-bit number: a sign, an exponent of 15 bits and a mantissa of 64. */
function extended(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383;
  return view.getUint32(at + 2) * 2 ** (exponent - 31) + view.getUint32(at + 6) * 2 ** (exponent - 63);
}
