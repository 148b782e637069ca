import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [preact()],
  // The vectors lie beside this folder: Python runs them too.
  server: { fs: { allow: ['..'] } },
  test: {
    include: ['{src,tests}/**/*.test.{ts,tsx}'],
    environment: 'node',
    maxWorkers: 2,
    restoreMocks: true,
  },
});
