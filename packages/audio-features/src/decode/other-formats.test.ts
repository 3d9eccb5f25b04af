import { describe, expect, it } from 'vitest';
import { concat, encoded, id3Tag } from '../../test/fixtures/situations';
import { decodeAudio } from './decode-audio';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('decodeAudio names formats that it does not support', () => {
  it.each([
    ['\0\0\0\x1cftypM4A ', 'MP4 or M4A (AAC, ALAC)'],
    ['\xff\xf1\x50\x80', 'AAC (ADTS)'],
    ['0&\xb2u\x8ef\xcf\x11\xa6\xd9', 'Windows Media (ASF)'],
    ['#!AMR\n', 'AMR'],
    ['#!AMR-WB\n', 'AMR'],
    ['caff\0\x01', 'CAF'],
    ['MThd\0\0\0\x06', 'MIDI, which contains notes, not sound'],
    ['RIFF\x10\0\0\0AVI LIST', 'a RIFF file that is not WAV'],
    ['FORM\0\0\0\x108SVX', 'an IFF file that is not AIFF'],
    ['.snd\0\0\0\x18', 'AU'],
    ['wvpk', 'WavPack'],
    ['MAC \x96\x0f', "Monkey's Audio"],
    ['\x1aE\xdf\xa3', 'Matroska or WebM'],
    ['\x89PNG\r\n', 'a PNG picture'],
    ['<html><body>Not found', 'the text "<html><body>Not "'],
    ['\x01\x02\x03', 'bytes 01 02 03'],
    ['', 'an empty file'],
  ])('%j', async (letters, name) => {
    await expect(decodeAudio(ascii(letters), { name: 'a.snd' })).rejects.toThrow(
      `decodeAudio: a.snd must be WAV, AIFF, FLAC, Ogg Vorbis, Ogg Opus or MP3, got ${name}`,
    );
  });

  it('after an ID3 tag too', async () => {
    await expect(decodeAudio(concat(id3Tag(20), ascii('\xff\xf1\x50\x80')))).rejects.toThrow('got AAC (ADTS)');
  });

  it('even if it contains an MP3', async () => {
    await expect(decodeAudio(concat(ascii('FLV\x01\x05'), encoded('signal.mp3')))).rejects.toThrow('got Flash video');
  });
});
