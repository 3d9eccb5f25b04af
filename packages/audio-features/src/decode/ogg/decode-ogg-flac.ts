import type { DecodedFile, DecodeLimits } from '../compressed-format';
import { decodeFlac } from '../flac/decode-flac';
import { lettersAt } from '../magic';
import { joinBytes, type OggStream } from './read-ogg';

/** What Ogg puts before `fLaC` in the first packet: its signature, a version, the number of headers. */
const PREFIX_BYTES = 9;

/** Decodes FLAC in Ogg (RFC 9639, section 10.1): its packets, concatenated, are a FLAC stream. */
export function decodeOggFlac({ pages, damage }: OggStream, limits: DecodeLimits): DecodedFile {
  const packets = pages.flatMap((page) => page.packets);
  const first = packets[0] ?? new Uint8Array();
  const start = lettersAt(first, 0, '\x7fFLAC') ? PREFIX_BYTES : 0; // without it before 2004
  const file = decodeFlac(joinBytes([first.subarray(start), ...packets.slice(1)]), limits);
  return { ...file, damage: damage ?? file.damage };
}
