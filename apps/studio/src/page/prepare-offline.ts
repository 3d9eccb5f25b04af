/** Remembers, in this tab, that the page was reloaded for the headers. */
const RELOADED = 'cmcgan-studio-reloaded';

/**
 * Registers the service worker, which keeps the page for use offline. Where the server sends no headers for threads, the service worker adds
 * them: then the page is loaded once more.
 *
 * @returns whether to go on; false if the page is about to be loaded again
 */
export async function prepareOffline(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return true;
  const registering = navigator.serviceWorker.register('./service-worker.js');
  registering.catch(() => undefined); // without it the page works as before, but not offline
  if (crossOriginIsolated || sessionStorage.getItem(RELOADED) !== null) return true;
  try {
    await registering;
    await navigator.serviceWorker.ready;
  } catch {
    return true;
  }
  sessionStorage.setItem(RELOADED, 'yes');
  location.reload();
  return false;
}
