import { basename, join } from 'node:path';
import type { Check, Finding, Machine } from '../check';

/** Where Vulkan drivers register themselves on Linux. */
const VULKAN_FOLDERS = ['/etc/vulkan/icd.d', '/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];

/** Manifests of Vulkan drivers: those named in the environment, else the system's. */
function vulkanDrivers({ environment, list, exists }: Machine): string[] {
  const named = environment.VK_DRIVER_FILES ?? environment.VK_ICD_FILENAMES;
  if (named !== undefined) return named.split(':').filter(exists);
  return VULKAN_FOLDERS.flatMap((folder) =>
    list(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name)),
  );
}

/** The GPU that webgpu finds. A registered driver alone doesn't prove that there is one. */
async function gpu(machine: Machine): Promise<Finding> {
  const found = await machine.backends.find(({ name }) => name === 'webgpu')?.availability();
  if (found?.available) return { name: 'GPU', state: 'works', detail: found.description };
  const drivers = [...new Set(vulkanDrivers(machine).map((path) => basename(path, '.json')))].join(', ');
  const detail = `${found?.reason ?? 'no backend uses one'}; ${drivers ? `Vulkan drivers: ${drivers}` : 'no Vulkan driver is registered'}`;
  const remedy = "only for --backend webgpu: install the graphics card's Vulkan driver (Debian: mesa-vulkan-drivers)";
  return { name: 'GPU', state: 'absent', detail, remedy };
}

async function nvidia(machine: Machine): Promise<Finding> {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
  const output = await machine.run('nvidia-smi', query);
  const cards = output?.trim().split('\n').filter(Boolean) ?? [];
  if (cards.length > 0) return { name: 'NVIDIA', state: 'works', detail: cards.map((card) => card.trim()).join('; ') };
  const remedy = 'only for an NVIDIA graphics card: install its driver';
  return { name: 'NVIDIA', state: 'absent', detail: 'nvidia-smi finds no card', remedy };
}

/** Graphics cards and their drivers; a default run needs none. */
export const graphics: Check = {
  name: 'graphics',
  run: async (machine) => [await nvidia(machine), await gpu(machine)],
};
