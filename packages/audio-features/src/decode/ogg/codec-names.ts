import { lettersAt } from '../magic';

/** The codecs that are recognised by their first packet (Xiph's list of Ogg codecs, and those of OGM files). */
const CODECS = [
  ['\x01vorbis', 'Vorbis'],
  ['OpusHead', 'Opus'],
  ['\x7fFLAC', 'FLAC'],
  ['fLaC', 'FLAC'],
  ['Speex   ', 'Speex'],
  ['CELT    ', 'CELT'],
  ['PCM     ', 'OggPCM'],
  ['fishead\0', 'Skeleton'],
  ['\x80theora', 'Theora video'],
  ['\x80daala', 'Daala video'],
  ['BBCD\0', 'Dirac video'],
  ['OVP80', 'VP8 video'],
  ['\x80kate', 'Kate text'],
  ['CMML\0\0\0\0', 'CMML text'],
  ['\x8bJNG', 'JNG pictures'],
  ['\x01video', 'OGM video'],
  ['\x01audio', 'OGM audio'],
  ['\x01text', 'OGM text'],
] as const;

export type OggCodec = (typeof CODECS)[number][1] | 'an unknown codec';

/** The codec of a logical stream, by its first packet. */
export function codecOf(packet: Uint8Array): OggCodec {
  return CODECS.find(([letters]) => lettersAt(packet, 0, letters))?.[1] ?? 'an unknown codec';
}
