/** Sounds of a page, each kept once however often it is shown. */
export interface SoundBank {
  /** Keeps a sound, a data URI, and gives the number that the page knows it by. */
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
