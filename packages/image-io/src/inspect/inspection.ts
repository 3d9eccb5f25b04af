/** The result of inspecting a file's structure, without decoding a pixel. */
export interface Inspection {
  /** Why a part of the picture is missing or wrong; undefined if nothing of that kind was found. */
  damage?: string;
  /** Deviations from the format that affect no pixel: every browser shows such a picture. */
  warnings: string[];
}

/** A four-letter name from a file, for a message: anything but printable ASCII becomes a question mark. */
export function printable(name: string): string {
  return name.replace(/[^!-~]/g, '?');
}

/** Thrown inside an inspection when the rest of the file cannot be parsed. */
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
