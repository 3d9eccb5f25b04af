import { basename, join } from 'node:path';
import type { Check, Finding, Machine } from '../check';

/** Where Vulkan drivers register themselves on Linux. */
const VULKAN_FOLDERS = ['/etc/vulkan/icd.d', '/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];

/** Manifests of Vulkan drivers: those that the environment names, else those of the system. */
function vulkanDrivers({ environment, list, exists }: Machine): string[] {
  const named = environment.VK_DRIVER_FILES ?? environment.VK_ICD_FILENAMES;
  if (named !== undefined) return named.split(':').filter(exists);
  return VULKAN_FOLDERS.flatMap((folder) =>
    list(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name)),
  );
}

function vulkan(machine: Machine): Finding {
  const drivers = vulkanDrivers(machine).map((path) => basename(path, '.json'));
  if (drivers.length > 0) return { name: 'Vulkan', state: 'works', detail: `drivers: ${[...new Set(drivers)].join(', ')}` };
  const remedy = "only for --backend webgpu: install the graphics card's Vulkan driver (Debian: mesa-vulkan-drivers)";
  return { name: 'Vulkan', state: 'absent', detail: 'no driver is registered', remedy };
}

async function nvidia(machine: Machine): Promise<Finding> {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
  const output = await machine.run('nvidia-smi', query);
  const cards = output?.trim().split('\n').filter(Boolean) ?? [];
  if (cards.length > 0) return { name: 'NVIDIA', state: 'works', detail: cards.map((card) => card.trim()).join('; ') };
  const remedy = 'only for a graphics card of NVIDIA: install its driver';
  return { name: 'NVIDIA', state: 'absent', detail: 'nvidia-smi finds no card', remedy };
}

/** Graphics cards and their drivers; the default job needs none. */
export const graphics: Check = {
  name: 'graphics',
  run: async (machine) => [await nvidia(machine), vulkan(machine)],
};
