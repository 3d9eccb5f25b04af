import { assertWithinLimit, joinSamples } from '../compressed-format';
import type { DecodedFile, DecodeLimits } from '../compressed-format';
import { toWavOrder } from './channel-order';
import type { OggStream } from './read-ogg';
import { trimSamples } from './trim-samples';
import { instantiateVorbisModule } from './vorbis-module';

const INPUT_BYTES = 1 << 17;
const HEADER_PACKETS = 3;

/**
 * Decodes Ogg Vorbis; channels come in the order of WAV.
 * @throws RangeError without the three headers, or for more than `maxSamples`
 */
export async function decodeVorbis({ pages, damage }: OggStream, limits: DecodeLimits): Promise<DecodedFile> {
  const packets = pages.flatMap((page) => page.packets);
  const [identification, , setup] = packets;
  if (!identification || identification.length < 30 || !setup) throw new RangeError('there are no headers (truncated?)');
  const decoder = await openDecoder(identification, setup);
  const pieces: Float32Array[][] = [];
  let decoded = 0;
  for (const packet of packets.slice(HEADER_PACKETS)) {
    const piece = decoder.decode(packet);
    decoded += (piece[0]?.length ?? 0) * piece.length;
    assertWithinLimit(decoded, limits);
    pieces.push(piece);
  }
  const packetSamples = pieces.map((piece) => piece[0]?.length ?? 0);
  const { from, to } = trimSamples({ pages: soundingPages(pages), packetSamples });
  const samples = Array.from({ length: decoder.channelCount }, (_, channel) =>
    joinSamples(pieces.map((piece) => piece[channel] ?? new Float32Array(0))).slice(from, to),
  );
  return { samples: toWavOrder(samples), sampleRateHz: decoder.sampleRateHz, damage: damage ?? decoder.error() };
}

/** The pages without the header packets. */
function soundingPages(pages: OggStream['pages']) {
  let headers = HEADER_PACKETS;
  return pages.map(({ packets, endPosition }) => {
    const kept = packets.slice(headers);
    headers = Math.max(0, headers - packets.length);
    return { packets: kept, endPosition: kept.length > 0 ? endPosition : undefined };
  });
}

async function openDecoder(identification: Uint8Array, setup: Uint8Array) {
  const module = await instantiateVorbisModule();
  const { memory, malloc } = module;
  const mostErrors = 256;
  const inputAt = malloc(INPUT_BYTES);
  const [lengthAt, outputAt, channelsAt, rateAt, samplesAt, errorCountAt, errorsAt] = [1, 1, 1, 1, 1, 1, mostErrors].map(
    (words) => malloc(4 * words),
  ) as [number, number, number, number, number, number, number];
  const decoder = module.createDecoder(
    inputAt,
    lengthAt,
    outputAt,
    channelsAt,
    rateAt,
    samplesAt,
    errorsAt,
    errorCountAt,
    mostErrors,
  );
  const word = (at: number) => new DataView(memory.buffer).getUint32(at, true);
  let failure: string | undefined;

  function put(packet: Uint8Array): void {
    if (packet.length > INPUT_BYTES) throw new RangeError(`a packet of ${packet.length} bytes is too long`);
    new Uint8Array(memory.buffer, inputAt, packet.length).set(packet);
    new DataView(memory.buffer).setUint32(lengthAt, packet.length, true);
  }
  function noteErrors(): void {
    if (word(errorCountAt) > 0) failure ??= `${text(word(errorsAt))} ${text(word(errorsAt + 4))}`.trim();
    new DataView(memory.buffer).setUint32(errorCountAt, 0, true);
  }
  function text(at: number): string {
    const bytes = new Uint8Array(memory.buffer, at);
    return String.fromCharCode(...bytes.subarray(0, Math.min(bytes.indexOf(0), 100)));
  }
  put(identification);
  module.sendSetup(decoder, true);
  put(setup);
  module.sendSetup(decoder, false);
  module.initialiseSynthesis(decoder);
  noteErrors();
  if (failure !== undefined) throw new RangeError(`its headers cannot be read: ${failure}`);

  return {
    decode(packet: Uint8Array): Float32Array[] {
      put(packet);
      module.decodePacket(decoder);
      noteErrors();
      const count = word(samplesAt);
      return Array.from({ length: word(channelsAt) }, (_, channel) =>
        new Float32Array(memory.buffer, word(word(outputAt) + 4 * channel), count).slice(),
      );
    },
    channelCount: identification[11] ?? 0,
    sampleRateHz: new DataView(identification.buffer, identification.byteOffset).getUint32(12, true),
    error: () => failure,
  };
}
