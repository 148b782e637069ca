/** The service worker: the app itself without network, and never a byte of personal data. */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// Any address below /app/ opens the app. The API and the desk are never answered from here.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/app/index.html'), { allowlist: [/^\/app(\/|$)/] }),
);

// A new version waits until the page says so: nobody loses a form to an update.
self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') void self.skipWaiting();
});

// The first visit is served at once, so that the second needs no network.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
