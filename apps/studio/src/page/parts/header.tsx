import type { StudioState } from '../state';

const BACKENDS: readonly [RegExp, (match: RegExpMatchArray) => string][] = [
  [/^webgpu, (.*)$/, ([, name]) => `WebGPU · ${name}`],
  [/^wasm, 1 thread$/, () => 'One thread'],
  [/^wasm, (\d+) threads$/, ([, count]) => `${count} threads`],
];

/** What computes, in words. */
function backendName(backend: string): string {
  for (const [pattern, name] of BACKENDS) {
    const match = backend.match(pattern);
    if (match) return name(match);
  }
  return backend;
}

interface HeaderProps {
  state: StudioState;
  onModel(): void;
  onHome(): void;
}

/** The name of the page, the model and what computes. */
export function Header({ state: { model }, onModel, onHome }: HeaderProps) {
  const { phase, name, loaded } = model;
  return (
    <header>
      <button type="button" class="brand" onClick={onHome} aria-label="CMCGAN Studio: start again">
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <rect width="32" height="32" rx="9" fill="var(--accent-strong)" />
          <path d="M8 13v6M12 9v14M16 12v8M20 7v18M24 13v6" stroke="#fff" stroke-width="2.4" stroke-linecap="round" />
        </svg>
        <span aria-hidden="true">
          CMCGAN <i>Studio</i>
        </span>
      </button>
      <div class="engine">
        <span class={`backend ${phase}`} title="What computes">
          {phase === 'ready' ? backendName(loaded!.backend) : phase === 'starting' ? 'Starting …' : 'No model'}
        </span>
        <button type="button" class="quiet" onClick={onModel}>
          <span class="visually-hidden">Change the model: </span>
          {phase === 'failed' ? 'Load a model' : name || 'Model'}
        </button>
      </div>
    </header>
  );
}
