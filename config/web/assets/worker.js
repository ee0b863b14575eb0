// The service worker's code. config.web.pwa serves it at /sw.js after one line that defines `portal`:
// {release, shell, blank, offline}. Only the shell and two pages without personal data are kept.
const NAME = 'portal-' + portal.release
const PAGES = [portal.blank, portal.offline]

// Fetched without cookies, so that what is kept is what a stranger sees.
async function keepPage (path) {
  const answer = await fetch(path, { credentials: 'omit', cache: 'no-cache' }).catch(() => null)
  if (answer?.ok && !answer.redirected) await (await caches.open(NAME)).put(path, answer)
}

async function install () {
  const cache = await caches.open(NAME)
  await cache.addAll(portal.shell)
  await Promise.all(PAGES.map(keepPage))
  await self.skipWaiting()
}

async function activate () {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('portal-') && name !== NAME).map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function navigate (request, path) {
  try {
    return await fetch(request)
  } catch (error) {
    const blank = request.method === 'GET' && (path.endsWith('/visits/log/') || path === portal.blank)
    const kept = (blank && await caches.match(portal.blank)) || await caches.match(portal.offline)
    return kept || Response.error()
  }
}

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (url.origin !== location.origin) return
  if (event.request.mode === 'navigate') {
    event.respondWith(navigate(event.request, url.pathname))
    // The blank form follows the real one: fetched again when a visit is logged with signal.
    if (url.pathname.endsWith('/visits/log/') && event.request.method === 'GET') event.waitUntil(keepPage(portal.blank))
  } else if (event.request.method === 'GET' && portal.shell.includes(url.pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)))
  }
})
