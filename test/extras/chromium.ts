import { chromium, type Browser } from 'playwright-core';
import { inject } from 'vitest';
import { reportMissing } from './report-missing';

/** A Chromium that starts, or why there is none. */
export type FoundChromium = { executable: string; env: Record<string, string> } | { missing: string };

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: FoundChromium;
  }
}

/** Makes WebGPU use Chromium's own software driver. */
export const SOFTWARE_WEBGPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-webgpu-adapter=swiftshader'];

/** Whether Chromium can be started; if not, prints that `subject` is not tested in a browser. */
export function hasChromium(subject: string): boolean {
  const found = inject('chromium');
  if ('missing' in found) reportMissing(`there is no Chromium, so ${subject} is not tested in a browser: ${found.missing}`);
  return !('missing' in found);
}

/** Starts headless Chromium. On a busy machine about one start in three hundred crashes, so it is retried once. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const found = inject('chromium');
  if ('missing' in found) throw new Error(`launchChromium: Chromium must be available, but ${found.missing}`);
  const env = { ...process.env, ...found.env } as Record<string, string>;
  const launch = () => chromium.launch({ executablePath: found.executable, env, args: ['--no-sandbox', ...args] });
  return launch().catch((error: Error) => {
    console.warn(`Chromium did not start, trying again: ${error.message}`);
    return launch();
  });
}
