import path from 'node:path'
import { defineConfig } from 'vitest/config'

// Whole programs: one journey after the other, each with its own folders and ports.
export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    globals: true,
    environment: 'node',
    include: ['e2e/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
