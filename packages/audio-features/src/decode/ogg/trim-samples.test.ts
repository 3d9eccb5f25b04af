import { describe, expect, it } from 'vitest';
import { trimSamples } from './trim-samples';

const packet = new Uint8Array(1);
const page = (count: number, endPosition: number | undefined) => ({
  packets: Array<Uint8Array>(count).fill(packet),
  endPosition,
});

describe('trimSamples', () => {
  it.each([
    ['keeps everything if positions say so', [page(2, 200), page(1, 300)], [100, 100, 100], 0, [0, 300]],
    ['trims what the last page does not count', [page(2, 200), page(1, 250)], [100, 100, 100], 0, [0, 250]],
    ['trims a single page too', [page(3, 250)], [100, 100, 100], 0, [0, 250]],
    ['drops the warm-up of the decoder', [page(2, 200), page(1, 290)], [100, 100, 100], 31, [31, 290]],
    ['counts from where a recording of a broadcast begins', [page(2, 5200), page(1, 5250)], [100, 100, 100], 31, [31, 250]],
    ['drops what lies before the beginning', [page(2, 160), page(1, 260)], [100, 100, 100], 0, [40, 300]],
    ['goes by the pages on which a packet ends', [page(0, undefined), page(1, 100), page(1, undefined)], [100, 90], 0, [0, 100]],
    ['returns nothing for nonsensical positions', [page(1, 9e15), page(1, 3)], [100, 100], 0, [0, 0]],
    ['keeps what there is if no page has a position', [page(1, undefined)], [100], 200, [100, 100]],
  ])('%s', (_, pages, packetSamples, skip, [from, to]) => {
    expect(trimSamples({ pages, packetSamples, skip })).toEqual({ from, to });
  });
});
