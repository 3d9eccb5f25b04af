import { existsSync, readdirSync } from 'node:fs';

/** Where Vulkan's drivers announce themselves, on Linux. */
const DRIVER_FOLDERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
/** The software driver that Debian's Chromium brings. */
const SOFTWARE_DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';

const hasDriver = (folder: string): boolean => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json'));

/**
 * Whether a test can have a WebGPU device on Node: with the machine's own driver, else with the software driver of Chromium, which is
 * then chosen for this process. Says on the screen what is skipped where there is none.
 */
export function hasGpu(subject: string): boolean {
  if (process.platform !== 'linux' || process.env.VK_ICD_FILENAMES || DRIVER_FOLDERS.some(hasDriver)) return true;
  if (existsSync(SOFTWARE_DRIVER)) {
    process.env.VK_ICD_FILENAMES = SOFTWARE_DRIVER;
    return true;
  }
  console.warn(`Skipped: no Vulkan driver is installed (Debian's chromium brings one), so ${subject} is not tested on webgpu.`);
  return false;
}
