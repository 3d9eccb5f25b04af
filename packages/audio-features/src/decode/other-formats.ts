import { afterId3, lettersAt } from './magic';

/** Signatures of formats that are not supported, their offsets, and the formats' names. */
const MAGICS: readonly (readonly [letters: string, offset: number, name: string])[] = [
  ['ftyp', 4, 'MP4 or M4A (AAC, ALAC)'],
  ['moov', 4, 'QuickTime'],
  ['mdat', 4, 'QuickTime'],
  ['ADIF', 0, 'AAC (ADIF)'],
  ['0&\xb2u\x8ef\xcf\x11', 0, 'Windows Media (ASF)'],
  ['#!AMR', 0, 'AMR'],
  ['caff', 0, 'CAF'],
  ['MThd', 0, 'MIDI, which contains notes, not sound'],
  ['.snd', 0, 'AU'],
  ['riff', 0, 'Wave64'],
  ['FORM', 0, 'an IFF file that is not AIFF'],
  ['RIFF', 0, 'a RIFF file that is not WAV'],
  ['RIFX', 0, 'a RIFF file that is not WAV'],
  ['MAC ', 0, "Monkey's Audio"],
  ['wvpk', 0, 'WavPack'],
  ['TTA1', 0, 'True Audio'],
  ['MPCK', 0, 'Musepack'],
  ['MP+', 0, 'Musepack'],
  ['DSD ', 0, 'DSD (DSF)'],
  ['FRM8', 0, 'DSD (DSDIFF)'],
  ['Creative Voice File', 0, 'a Creative Voice file'],
  ['\x1aE\xdf\xa3', 0, 'Matroska or WebM'],
  ['FLV\x01', 0, 'Flash video'],
  ['.RMF', 0, 'RealMedia'],
  ['\x0bw', 0, 'AC-3'],
  ['\x7f\xfe\x80\x01', 0, 'DTS'],
  ['ajkg', 0, 'Shorten'],
  ['OFR ', 0, 'OptimFROG'],
  ['PK\x03\x04', 0, 'a ZIP archive'],
  ['\x1f\x8b', 0, 'a gzip archive'],
  ['\x89PNG', 0, 'a PNG picture'],
  ['\xff\xd8\xff', 0, 'a JPEG picture'],
  ['GIF8', 0, 'a GIF picture'],
  ['%PDF', 0, 'a PDF'],
];

/** The name of an unsupported format, by the file's first bytes; undefined if they match none. */
export function nameOther(bytes: Uint8Array): string | undefined {
  const start = afterId3(bytes);
  const known = MAGICS.find(([letters, offset]) => lettersAt(bytes, start + offset, letters));
  return known ? known[2] : isAdts(bytes, start) ? 'AAC (ADTS)' : undefined;
}

/** AAC's ADTS framing looks like an MPEG frame of layer 0. */
const isAdts = (bytes: Uint8Array, at: number) => bytes[at] === 0xff && ((bytes[at + 1] ?? 0) & 0xf6) === 0xf0;
