import { boxesIn } from '../avif/avif-boxes';
import { collectFindings, DamageFound, printable, type Inspection } from './inspection';

/** Checks that an AVIF's boxes are complete. */
export function inspectAvif(bytes: Uint8Array): Inspection {
  return collectFindings(() => {
    const boxes = boxesIn(bytes, 0, bytes.length);
    const cut = boxes.find(({ end }) => end > bytes.length);
    if (cut) throw new DamageFound(`it ends in the middle of its box ${printable(cut.kind)}`);
    if (!boxes.some(({ kind }) => kind === 'meta' || kind === 'moov')) throw new DamageFound('it has no picture');
  });
}
