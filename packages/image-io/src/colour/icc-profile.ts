/** Turns colours of a profile's device space, each 0-1, into linear sRGB, each about 0-1 and unclipped. */
export interface IccTransform {
  /** Channels of the device space: 1 for grey, 3 for RGB. */
  channels: 1 | 3;
  /** A channel's curve to linear light, over 65536 levels. */
  curves: readonly Float64Array[];
  /** Linear device colours to linear sRGB, row by row: [3, channels]. */
  matrix: readonly number[];
}

/** XYZ relative to the profile connection space's white (D50) → linear sRGB: the inverse of sRGB's Bradford-adapted matrix. */
export const XYZ_TO_SRGB = [
  3.1341359, -1.6173863, -0.4906619, -0.9787955, 1.9162544, 0.0334427, 0.0719554, -0.2289768, 1.4053861,
] as const;

/**
 * Reads a profile with curves and a matrix, or with one grey curve (ICC.1:2022, sections 8.3 and 8.4), such as those of cameras, screens
 * and working spaces; undefined for profiles with tables, and for those that cannot be parsed.
 */
export function readIccProfile(profile: Uint8Array): IccTransform | undefined {
  try {
    const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
    const text = (at: number) => String.fromCharCode(...profile.subarray(at, at + 4));
    const tags = new Map<string, number>();
    for (let i = 0; i < Math.min(view.getUint32(128), 200); i++) tags.set(text(132 + i * 12), view.getUint32(136 + i * 12));
    const tag = (name: string) => {
      const at = tags.get(name);
      if (at === undefined) throw new RangeError(`no ${name}`);
      return at;
    };
    const [space, connection] = [text(16), text(20)];
    if (space === 'GRAY' && connection === 'XYZ ')
      return { channels: 1, curves: [readCurve(view, tag('kTRC'))], matrix: [1, 1, 1] };
    if (space !== 'RGB ' || connection !== 'XYZ ' || tags.has('A2B0')) return undefined;
    const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) =>
      [8, 12, 16].map((offset) => view.getInt32(tag(name) + offset) / 65536),
    );
    return {
      channels: 3,
      curves: ['rTRC', 'gTRC', 'bTRC'].map((name) => readCurve(view, tag(name))),
      matrix: [0, 1, 2].flatMap((row) =>
        columns.map((xyz) => xyz.reduce((sum, value, i) => sum + XYZ_TO_SRGB[row * 3 + i]! * value, 0)),
      ),
    };
  } catch {
    return undefined;
  }
}

const LEVELS = 65536;

/** A curve of type 'curv' or 'para' (sections 10.6 and 10.18), at every 16-bit level. */
function readCurve(view: DataView, at: number): Float64Array {
  const kind = view.getUint32(at);
  const curve = kind === 0x63757276 ? tableCurve(view, at) : kind === 0x70617261 ? parametricCurve(view, at) : undefined;
  if (!curve) throw new RangeError('a curve of another kind');
  return Float64Array.from({ length: LEVELS }, (_, level) => curve(level / (LEVELS - 1)));
}

function tableCurve(view: DataView, at: number): (x: number) => number {
  const count = view.getUint32(at + 8);
  if (count === 0) return (x) => x;
  if (count === 1) {
    const gamma = view.getUint16(at + 12) / 256;
    return (x) => x ** gamma;
  }
  const table = Float64Array.from({ length: count }, (_, i) => view.getUint16(at + 12 + i * 2) / 65535);
  return (x) => {
    const left = Math.min(Math.floor(x * (count - 1)), count - 2);
    return table[left]! + (table[left + 1]! - table[left]!) * (x * (count - 1) - left);
  };
}

function parametricCurve(view: DataView, at: number): ((x: number) => number) | undefined {
  const kind = view.getUint16(at + 8);
  const counts = [1, 3, 4, 5, 7];
  if (kind >= counts.length) return undefined;
  const given = Array.from({ length: counts[kind]! }, (_, i) => view.getInt32(at + 12 + i * 4) / 65536);
  const [gamma, a = 1, b = 0] = given as [number, number?, number?];
  const power = (x: number) => Math.max(a * x + b, 0) ** gamma;
  if (kind === 0) return power;
  if (kind === 1) return (x) => (x >= -b / a ? power(x) : 0);
  const [c = 0, d = 0, e = 0, f = 0] = given.slice(3);
  if (kind === 2) return (x) => (x >= -b / a ? power(x) + c : c);
  return (x) => (x >= d ? power(x) + e : c * x + f);
}
