import { defineConfig } from 'vite';

/** The desk's stylesheet and its little script, and apart from them the chart, which few pages need:
 * fixed names, because server templates name them. */
export default defineConfig({
  // Relative, so that the fonts are found wherever the folder is served.
  base: './',
  publicDir: false,
  build: {
    outDir: 'dist/desk',
    emptyOutDir: true,
    target: ['es2020', 'chrome80'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      input: { desk: 'desk/desk.ts', chart: 'desk/chart.ts' },
      output: {
        entryFileNames: '[name].js',
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith('.css'))
            ? '[name][extname]'
            : '[name]-[hash][extname]',
      },
    },
  },
});
