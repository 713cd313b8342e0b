import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The development server passes what is not the app itself on to a running `medhub serve` (or the mock).
const server = process.env.MEDHUB_URL ?? 'http://127.0.0.1:8080';
const passed = ['/api', '/t', '/fhir', '/livez', '/readyz'];

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

export default defineConfig({
  base: '/',
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [react()],
  server: {
    proxy: Object.fromEntries(passed.map((path) => [`^${path}(/|\\?|$)`, { target: server, changeOrigin: false }])),
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rollupOptions: {
      output: {
        // Vendors that every page needs travel together; the rest follows the pages that import it.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store)\// },
            { name: 'query', test: /node_modules\/@tanstack\/(react-)?(query|router|history|store)/ },
            { name: 'i18n', test: /node_modules\/(i18next|react-i18next)\// },
          ],
        },
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: {
    // No test is about time: a busy machine must not fail one.
    testTimeout: 120_000,
    include: ['src/**/*.test.{ts,tsx}'],
  },
} as Parameters<typeof defineConfig>[0]);
