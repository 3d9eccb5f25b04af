import { MPEGDecoder } from 'mpg123-decoder';
import { assertWithinLimit, BrokenRuleError, type DecodedFile, type DecodeLimits } from '../compressed-format';
import { lettersAt } from '../magic';
import { readFreeFormat } from './free-format';
import { walkFrames, type MpegFrame } from './walk-frames';

/**
 * Decodes MPEG audio, layers I to III. A file with both mono and stereo frames becomes stereo, with the mono parts in both
 * channels.
 * @throws BrokenRuleError if the sample rate changes within the file
 */
export async function decodeMp3(bytes: Uint8Array, limits: DecodeLimits): Promise<DecodedFile> {
  const { first, end, count, mono } = survey(bytes);
  if (!first) throw new RangeError('there is no frame');
  const { sampleRateHz, samplesPerFrame } = first.header;
  assertWithinLimit(count * samplesPerFrame * (mono ? 1 : 2), limits);
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    if (first.header.frameBytes === undefined) readFreeFormat(decoder);
    const { channelData, errors } = decoder.decode(bytes.subarray(first.at, end)); // what follows is not sound
    const samples = mono ? channelData.slice(0, 1) : channelData; // the decoder duplicates a mono channel
    const decoded = samples[0]?.length ?? 0;
    const declared = declaredSamples(bytes, first);
    const missing = decoded < declared ? `${decoded} of ${declared} samples (truncated?)` : undefined;
    const unreadable = errors[0] && `a frame that libmpg123 cannot read (${errors[0].message})`;
    return { samples, sampleRateHz, damage: unreadable ?? missing };
  } finally {
    decoder.free();
  }
}

interface Survey {
  first: MpegFrame | undefined;
  /** Where the last frame ends. */
  end: number;
  count: number;
  /** Whether all frames with sound are mono. */
  mono: boolean;
}

function survey(bytes: Uint8Array): Survey {
  let first: MpegFrame | undefined;
  let end = 0;
  let count = 0;
  let stereo = 0;
  for (const frame of walkFrames(bytes, 0)) {
    first ??= frame;
    const { sampleRateHz, mono } = frame.header;
    if (sampleRateHz !== first.header.sampleRateHz) {
      const where = `from frame ${count} on, ${first.header.sampleRateHz} Hz before`;
      throw new BrokenRuleError(`must keep its sample rate throughout, got ${sampleRateHz} Hz ${where}`);
    }
    count++;
    end = frame.end;
    if (!mono) stereo++;
  }
  // The channel count of a tag frame says nothing about that of the others.
  const tagged = first && tagAt(bytes, first) !== undefined && count > 1 && !first.header.mono ? 1 : 0;
  return { first, end, count, mono: stereo === tagged };
}

/** Samples of decoder delay, which decoders subtract from the padding in the LAME tag. */
const DECODER_DELAY = 529;

/** Where the first frame's Xing or Info tag begins, if it has one. */
function tagAt(bytes: Uint8Array, { at, header }: MpegFrame): number | undefined {
  const tag = at + 4 + header.sideBytes;
  return lettersAt(bytes, tag, 'Xing') || lettersAt(bytes, tag, 'Info') ? tag : undefined;
}

/** The number of samples declared by the Xing/Info tag and its LAME part; 0 without one. */
function declaredSamples(bytes: Uint8Array, first: MpegFrame): number {
  const tag = tagAt(bytes, first);
  if (tag === undefined || tag + 12 > bytes.length) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint32(tag + 4);
  if ((flags & 1) === 0) return 0;
  const frames = view.getUint32(tag + 8);
  const lame = tag + 12 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (lame + 24 > bytes.length || !(lettersAt(bytes, lame, 'LAME') || lettersAt(bytes, lame, 'Lav'))) return 0;
  const delays = view.getUint32(lame + 20) & 0xffffff;
  const [delay, padding] = [delays >> 12, delays & 0xfff];
  return frames * first.header.samplesPerFrame - delay - DECODER_DELAY - Math.max(0, padding - DECODER_DELAY);
}
