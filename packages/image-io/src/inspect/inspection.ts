/** The result of inspecting a file's structure, without decoding a pixel. */
export interface Inspection {
  /** Why a part of the picture is missing or wrong; undefined if nothing of that kind was found. */
  damage?: string;
  /** Deviations from the format that cost no pixel: every browser shows such a picture. */
  warnings: string[];
}

/** A four-letter name out of a file, for a sentence: what is no letter, figure or sign of ASCII becomes a question mark. */
export function printable(name: string): string {
  return name.replace(/[^!-~]/g, '?');
}

/** Thrown inside of an inspection where the rest cannot be parsed. */
export class DamageFound extends Error {}

/** Runs an inspection; a read past the end of the file is damage as well. */
export function collectFindings(inspect: (warnings: string[]) => void): Inspection {
  const warnings: string[] = [];
  try {
    inspect(warnings);
    return { warnings };
  } catch (error) {
    if (error instanceof DamageFound) return { damage: error.message, warnings };
    if (error instanceof RangeError) return { damage: 'it ends in the middle of its header', warnings };
    throw error;
  }
}
