/** Remembers, in this tab, that the page was loaded again for the headers. */
const RELOADED = 'cmcgan-studio-reloaded';
/** How long the start may wait for the service worker to keep the page's files. */
const PATIENCE_MS = 15_000;

/**
 * Registers the service worker, which keeps the page for use offline. Where the server sends no headers for threads, the service worker adds
 * them: then the page is loaded once more.
 *
 * @returns whether to go on; false if the page is about to be loaded again
 */
export async function prepareOffline(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return true;
  const registering = navigator.serviceWorker.register('./service-worker.js').catch(() => undefined); // without it, nothing works offline
  if (crossOriginIsolated || sessionStorage.getItem(RELOADED) !== null) return true;
  const registration = await registering;
  if (registration === undefined || !(await becomesActive(registration))) return true;
  sessionStorage.setItem(RELOADED, 'yes');
  location.reload();
  return false;
}

/** Whether the service worker is at work before patience ends: it may fail to fetch the page's files. */
function becomesActive({ active, waiting, installing }: ServiceWorkerRegistration): Promise<boolean> {
  const worker = active ?? waiting ?? installing;
  return new Promise((resolve) => {
    const look = () => {
      if (worker?.state === 'activated') resolve(true);
      if (worker?.state === 'redundant') resolve(false);
    };
    worker?.addEventListener('statechange', look);
    setTimeout(() => resolve(false), PATIENCE_MS);
    look();
  });
}
