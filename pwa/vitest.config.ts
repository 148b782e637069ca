import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [preact()],
  // The vectors and tests/pwa lie beside this folder, inside the same project.
  server: { fs: { allow: ['..'] } },
  test: {
    include: ['{src,tests,../tests/pwa}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '../**/node_modules/**'],
    environment: 'node',
    maxWorkers: 2,
    restoreMocks: true,
  },
});
