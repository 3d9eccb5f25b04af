import { assertWithinLimit, BrokenRuleError } from '../compressed-format';
import type { DecodedFile, DecodeLimits } from '../compressed-format';
import { toWavOrder } from './channel-order';
import type { OggStream } from './read-ogg';
import { trimSamples } from './trim-samples';

/** Opus decodes to this rate whatever the input was. */
const RATE_HZ = 48_000;

/** Only these mapping families define speaker positions: mono and stereo, and Vorbis' order. */
const FAMILIES_WITH_PLACES = [0, 1];
const AMBISONICS_BY_MATRIX = 3;

/**
 * Decodes Ogg Opus (RFC 7845); the pre-skip is removed, the output gain applied, channels come in the order of WAV.
 * @throws RangeError without a header, or for more than `maxSamples`
 */
export async function decodeOpus({ pages, damage }: OggStream, limits: DecodeLimits): Promise<DecodedFile> {
  const { OpusDecoder } = await import('opus-decoder');
  const head = readHead(pages[0]?.packets[0] ?? new Uint8Array());
  const sounding = pages.slice(firstSoundingPage(pages));
  const packets = sounding.flatMap((page) => page.packets);
  const packetSamples = packets.map(countSamples);
  assertWithinLimit(packetSamples.reduce((sum, count) => sum + count, 0) * head.channels, limits);
  const { channels, streamCount, coupledStreamCount, channelMappingTable } = head;
  const decoder = new OpusDecoder({ channels, streamCount, coupledStreamCount, channelMappingTable });
  await decoder.ready;
  try {
    const { channelData, errors } = decoder.decodeFrames(packets);
    const { from, to } = trimSamples({ pages: sounding, packetSamples, skip: head.preSkip });
    const samples = channelData.map((channel) => channel.slice(from, to).map((value) => value * head.gain));
    const ordered = FAMILIES_WITH_PLACES.includes(head.family) ? toWavOrder(samples) : samples;
    return { samples: ordered, sampleRateHz: RATE_HZ, damage: damage ?? errors[0]?.message };
  } finally {
    decoder.free();
  }
}

/** The page after the one on which the second packet, the comments, ends. */
function firstSoundingPage(pages: readonly { packets: Uint8Array[] }[]): number {
  let packets = 0;
  for (const [i, page] of pages.entries()) {
    packets += page.packets.length;
    if (packets >= 2) return i + 1;
  }
  return pages.length;
}

/** The identification header, section 5.1. */
function readHead(packet: Uint8Array) {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (packet.length < 19 || packet[8]! >> 4 !== 0) throw new RangeError('there is no header of version 1');
  const channels = packet[9]!;
  const family = packet[18]!;
  if (family === AMBISONICS_BY_MATRIX)
    throw new BrokenRuleError('must be Opus for loudspeakers, got ambisonics (mapping family 3)');
  const most = family === 0 ? 2 : family === 1 ? 8 : 255;
  if (channels === 0 || channels > most) throw new RangeError(`family ${family} cannot have ${channels} channels`);
  const head = { family, channels, preSkip: view.getUint16(10, true), gain: 10 ** (view.getInt16(16, true) / 256 / 20) };
  if (family === 0)
    return { ...head, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable: [0, 1].slice(0, channels) };
  const [streamCount, coupledStreamCount] = [packet[19] ?? 0, packet[20] ?? 0];
  const channelMappingTable = [...packet.subarray(21, 21 + channels)];
  const fits = streamCount > 0 && coupledStreamCount <= streamCount && streamCount + coupledStreamCount <= 255;
  const mapped = channelMappingTable.every((index) => index === 255 || index < streamCount + coupledStreamCount);
  if (!fits || !mapped || channelMappingTable.length < channels) throw new RangeError('its channel mapping is invalid');
  return { ...head, streamCount, coupledStreamCount, channelMappingTable };
}

const SILK_SAMPLES = [480, 960, 1920, 2880];
const HYBRID_SAMPLES = [480, 960];
const CELT_SAMPLES = [120, 240, 480, 960];

/** Samples per channel in a packet at 48 kHz, from its first two bytes (RFC 6716, section 3.1). */
function countSamples(packet: Uint8Array): number {
  const [toc = 0, second = 0] = packet;
  if (packet.length === 0) return 0;
  const config = toc >> 3;
  const frame = config < 12 ? SILK_SAMPLES[config & 3]! : config < 16 ? HYBRID_SAMPLES[config & 1]! : CELT_SAMPLES[config & 3]!;
  return frame * [1, 2, 2, second & 63][toc & 3]!;
}
