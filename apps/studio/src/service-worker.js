// Keeps the page's files, so that it works offline, and sends them with the headers that threads need, whatever the server sends.
// The build fills in what is in capitals.
const FILES = __FILES__;
const CACHE = `cmcgan-studio ${self.registration.scope} ${__VERSION__}`;
const EARLIER = `cmcgan-studio ${self.registration.scope} `;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith(EARLIER) && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(self.registration.scope)) event.respondWith(answer(request));
});

/** Files that the page loads come from the cache of its version. The page itself, and a model beside it, come from the network if there is one. */
async function answer(request) {
  const cache = await caches.open(CACHE);
  const find = () => cache.match(request, { ignoreSearch: request.mode === 'navigate', ignoreVary: true });
  const own = request.mode !== 'navigate' && FILES.some((file) => isFile(request.url, file));
  const kept = own ? await find() : undefined;
  if (kept) return isolated(kept);
  try {
    const response = await fetch(request);
    if (response.status === 200) await cache.put(request, response.clone());
    return isolated(response);
  } catch (error) {
    const earlier = await find();
    if (earlier) return isolated(earlier);
    throw error;
  }
}

const isFile = (url, file) => new URL(url).pathname === new URL(file, self.registration.scope).pathname;

/** The response with the headers that let a page share memory with workers. */
function isolated(response) {
  if (response.status === 0 || response.redirected) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
