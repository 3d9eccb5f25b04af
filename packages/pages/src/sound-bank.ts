/** The sounds of a page, each stored once however often it is shown. */
export interface SoundBank {
  /** Stores a sound, a data URI, and returns its number in the page. */
  add(uri: string): number;
  /** All sounds as the JSON that the page's script reads. */
  toHtml(): string;
}

/** An empty bank. */
export function createSoundBank(): SoundBank {
  const numbers = new Map<string, number>();
  return {
    add(uri) {
      const number = numbers.get(uri) ?? numbers.size;
      numbers.set(uri, number);
      return number;
    },
    toHtml: () => `<script type="application/json" id="sounds">${JSON.stringify([...numbers.keys()])}</script>`,
  };
}
