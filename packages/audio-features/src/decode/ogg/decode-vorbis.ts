import type { DecodedFile } from '../compressed-format';
import { readPackets } from './read-packets';
import { trimSamples } from './trim-samples';
import { instantiateVorbisModule } from './vorbis-module';

const INPUT_BYTES = 1 << 17;
const HEADER_PACKETS = 3;

/**
 * Decodes Ogg Vorbis.
 * @param maxSamples all channels together
 * @throws RangeError without the three headers, or for more than `maxSamples`
 */
export async function decodeVorbis(bytes: Uint8Array, maxSamples: number): Promise<DecodedFile> {
  const { pages, damage } = readPackets(bytes);
  const packets = pages.flatMap((page) => page.packets);
  const [identification, , setup] = packets;
  if (!identification || !setup) throw new RangeError('there are no headers (truncated?)');
  const decoder = await openDecoder(identification, setup);
  const pieces: Float32Array[][] = [];
  let decoded = 0;
  for (const packet of packets.slice(HEADER_PACKETS)) {
    const piece = decoder.decode(packet);
    decoded += (piece[0]?.length ?? 0) * piece.length;
    if (decoded > maxSamples) throw new RangeError(`more than the ${maxSamples} samples allowed`);
    pieces.push(piece);
  }
  const packetSamples = pieces.map((piece) => piece[0]?.length ?? 0);
  const { from, to } = trimSamples({ pages: soundingPages(pages), packetSamples });
  const channelCount = Math.max(0, ...pieces.map((piece) => piece.length));
  const samples = Array.from({ length: channelCount }, (_, channel) => join(pieces, channel).slice(from, to));
  return { samples, sampleRateHz: decoder.sampleRateHz(), damage: damage ?? decoder.error() };
}

/** The pages without the header packets on them. */
function soundingPages(pages: ReturnType<typeof readPackets>['pages']) {
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
    sampleRateHz: () => word(rateAt),
    error: () => failure,
  };
}

function join(pieces: readonly Float32Array[][], channel: number): Float32Array {
  const joined = new Float32Array(pieces.reduce((sum, piece) => sum + (piece[channel]?.length ?? 0), 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece[channel] ?? [], at);
    at += piece[channel]?.length ?? 0;
  }
  return joined;
}
