import type { SharedBackend } from '../shared-backend';
import { createArena } from './arena';
import type { Arena, ArenaOptions } from './arena';

/** Keeps memory that recordings use from being freed or reused by others. One per backend. */
export interface MemoryGuard {
  createArena(options: Pick<ArenaOptions, 'reuses'>): Arena;
  /** From now on, allocations come from the arena; with undefined, from the backend as usual. */
  allocateFrom(arena: Arena | undefined): void;
  /** Keeps all blocks that are freed from now on, until `release` with the same owner. */
  keepFreed(owner: object): void;
  stopKeeping(): void;
  /** Keeps a block beyond its tensor's end, until `release` with the same owner. */
  hold(owner: object, address: number): void;
  /** Notes that a block which was freed while it was held belongs to a tensor again. */
  takeBack(address: number): void;
  /** Frees the owner's blocks that no tensor uses any more, and its arenas. */
  release(owner: object, own: readonly Arena[]): void;
}

const guards = new WeakMap<SharedBackend, MemoryGuard>();

/** The backend's guard; the first call puts it between the backend and its allocator. */
export function memoryGuardOf(backend: SharedBackend): MemoryGuard {
  let guard = guards.get(backend);
  if (!guard) guards.set(backend, (guard = installGuard(backend)));
  return guard;
}

function installGuard({ wasm }: SharedBackend): MemoryGuard {
  const { _malloc: allocate, _free: free } = wasm;
  const arenas = new Set<Arena>();
  const holders = new Map<number, Set<object>>();
  const freed = new Set<number>();
  let source: Arena | undefined;
  let keeper: object | undefined;

  const hold = (owner: object, address: number): void => {
    const owners = holders.get(address);
    if (owners) owners.add(owner);
    else holders.set(address, new Set([owner]));
  };
  wasm._malloc = (bytes) => (source ? source.allocate(bytes) : allocate(bytes));
  wasm._free = (signed) => {
    const address = signed >>> 0;
    for (const arena of arenas) if (arena.owns(address)) return arena.free(address);
    if (keeper && address > 0) hold(keeper, address);
    if (holders.has(address)) freed.add(address);
    else free(address);
  };
  return {
    createArena({ reuses }) {
      const arena = createArena({ acquire: (bytes) => allocate(bytes) >>> 0, release: free, reuses });
      arenas.add(arena);
      return arena;
    },
    allocateFrom: (arena) => void (source = arena),
    keepFreed: (owner) => void (keeper = owner),
    stopKeeping: () => void (keeper = undefined),
    hold,
    takeBack: (address) => void freed.delete(address),
    release(owner, own) {
      for (const [address, owners] of holders) {
        if (!owners.delete(owner) || owners.size > 0) continue;
        holders.delete(address);
        if (freed.delete(address)) free(address);
      }
      for (const arena of own) {
        arenas.delete(arena);
        arena.dispose();
      }
    },
  };
}
