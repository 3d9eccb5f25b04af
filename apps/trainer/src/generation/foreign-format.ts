/** A format that is told by letters at a place of its first bytes. */
interface Signature {
  readonly at: number;
  readonly bytes: string;
  readonly format: string;
}

const TO_WAV = 'convert it to WAV, FLAC, MP3, Ogg Vorbis or Opus first';
const PICTURE = 'start from a picture with --image';

/** What people name where a sound is asked for and what no decoder here reads, with what to do about it. */
const SIGNATURES: readonly (Signature & { readonly remedy: string })[] = [
  { at: 8, bytes: 'avif', format: 'an AVIF picture', remedy: PICTURE },
  { at: 8, bytes: 'heic', format: 'a HEIC picture', remedy: PICTURE },
  { at: 4, bytes: 'ftyp', format: 'MPEG-4 (M4A, MP4, MOV)', remedy: TO_WAV },
  { at: 0, bytes: '\xff\xf1', format: 'AAC (ADTS)', remedy: TO_WAV },
  { at: 0, bytes: '\xff\xf9', format: 'AAC (ADTS)', remedy: TO_WAV },
  { at: 0, bytes: 'FORM', format: 'AIFF', remedy: TO_WAV },
  { at: 0, bytes: 'caff', format: 'Core Audio (CAF)', remedy: TO_WAV },
  { at: 0, bytes: '.snd', format: 'Sun audio (AU)', remedy: TO_WAV },
  { at: 0, bytes: '#!AMR', format: 'AMR', remedy: TO_WAV },
  { at: 0, bytes: '\x30\x26\xb2\x75', format: 'Windows Media (WMA)', remedy: TO_WAV },
  { at: 0, bytes: '\x1a\x45\xdf\xa3', format: 'Matroska or WebM', remedy: TO_WAV },
  { at: 0, bytes: 'MAC ', format: "Monkey's Audio (APE)", remedy: TO_WAV },
  { at: 0, bytes: 'wvpk', format: 'WavPack', remedy: TO_WAV },
  { at: 0, bytes: 'MThd', format: 'MIDI, which holds notes and no sound', remedy: TO_WAV },
  { at: 0, bytes: '\xff\xd8\xff', format: 'a JPEG picture', remedy: PICTURE },
  { at: 0, bytes: '\x89PNG', format: 'a PNG picture', remedy: PICTURE },
  { at: 0, bytes: 'GIF8', format: 'a GIF picture', remedy: PICTURE },
  { at: 8, bytes: 'WEBP', format: 'a WebP picture', remedy: PICTURE },
  { at: 8, bytes: 'AVI ', format: 'AVI', remedy: TO_WAV },
];

/** What a file is that can't be read as a sound, and what to do about it; null where it may be one. */
export function foreignFormat(bytes: Uint8Array): { format: string; remedy: string } | null {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return SIGNATURES.find(({ at, bytes: letters }) => start.startsWith(letters, at)) ?? null;
}
