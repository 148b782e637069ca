import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

export default defineConfig({
  base: '/app/',
  // @hpke/core asks Node for Web Crypto where a browser has none; every browser here has it.
  resolve: {
    alias: { crypto: fileURLToPath(new URL('scripts/browser_crypto.mjs', import.meta.url)) },
  },
  plugins: [
    preact(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'worker',
      filename: 'sw.ts',
      // The page registers the worker itself (src/offline): a new version waits for consent.
      injectRegister: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,woff2}'],
        globIgnores: ['desk/**', 'sw.js'],
      },
      manifest: {
        id: '/app/',
        name: 'Bao Phủ',
        short_name: 'Bao Phủ',
        description: 'Điều tra và theo dõi bao phủ bảo hiểm y tế, dùng được khi không có mạng',
        lang: 'vi',
        dir: 'ltr',
        display: 'standalone',
        start_url: '/app/',
        scope: '/app/',
        theme_color: '#0f766e',
        background_color: '#f8fafc',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: 'icon-maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
      },
    }),
  ],
  build: {
    outDir: 'dist',
    target: ['es2020', 'chrome80'],
    // The policy is script-src 'self': nothing inline, neither the polyfill nor data: fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8000' },
  },
});
