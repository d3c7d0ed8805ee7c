import js from '@eslint/js'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import importX from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import fs from 'node:fs'
import path from 'node:path'
import tseslint from 'typescript-eslint'

const features = fs
  .readdirSync(path.join(import.meta.dirname, 'src/features'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

/** Rooms and the rooms that they must not import: app -> features -> ipc, kit -> lib. */
const zones = [
  { target: './src/lib', from: ['./src/app', './src/features', './src/ipc', './src/kit'] },
  { target: './src/kit', from: ['./src/app', './src/features', './src/ipc'] },
  { target: './src/ipc', from: ['./src/app', './src/features', './src/kit'] },
  { target: './src/features', from: ['./src/app'] },
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: './src/features',
    except: [`./${name}`],
  })),
].flatMap((zone) =>
  [zone.from].flat().map((from) => ({ ...zone, from, message: 'Imports go app -> features -> ipc, kit -> lib.' })),
)

export default tseslint.config(
  { ignores: ['dist', 'scripts', 'src/ipc/bindings', 'node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks, 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Talk to the core through ipc/.' },
        { name: 'EventSource', message: 'Talk to the core through ipc/.' },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Talk to the core through ipc/.' }] },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      'no-eval': 'error',
    },
  },
  {
    files: ['src/ipc/**/*.{ts,tsx}', 'src/**/*.test.{ts,tsx}', 'e2e/**/*.ts'],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-imports': 'off' },
  },
  { files: ['vite.config.ts', 'e2e/vitest.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
)
