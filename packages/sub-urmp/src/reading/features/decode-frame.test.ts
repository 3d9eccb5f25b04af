import { crc32 } from 'node:zlib';
import { encodePng } from '@cmcgan/image-io';
import { expect, it } from 'vitest';
import { decodeFrame } from './decode-frame';

it('a picture that is too large is named, without mentioning an option of another package', async () => {
  const png = await encodePng({ pixels: new Uint8Array(3), width: 1, height: 1 });
  const header = new DataView(png.buffer, png.byteOffset);
  header.setUint32(16, 20_000); // width and height
  header.setUint32(20, 20_000);
  header.setUint32(29, crc32(png.subarray(12, 29)));
  await expect(decodeFrame(png, 'huge.png')).rejects.toThrow(
    /huge\.png must have at most 100000000 pixels, got 20000×20000 = 400000000$/,
  );
});
