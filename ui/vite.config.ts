import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };
import { strictPreview } from './vite/strict-preview';
import { chunkOfWords, firstScript, words } from './vite/words';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// One build. `--mode fake` (and the unit tests) put the in-memory host in the place of Tauri's.
export default defineConfig(({ command, mode }) => {
  const fake = mode === 'fake' || mode === 'test';
  return {
    plugins: [
      paraglideVitePlugin({
        project: './project.inlang',
        outdir: './src/lib/paraglide',
        // A module for each message is slow to serve and to test, and the same to whoever imports it.
        outputStructure: command === 'build' ? 'message-modules' : 'locale-modules',
        strategy: ['globalVariable', 'baseLocale'],
        emitReadme: false,
        emitGitIgnore: false,
        emitPrettierIgnore: false,
      }),
      svelte(),
      words(),
      firstScript(mode === 'fake' ? Infinity : 250_000),
      strictPreview(),
    ],
    resolve: {
      alias: [
        { find: '$host', replacement: at(fake ? './src/lib/host/fake.ts' : './src/lib/host/tauri.ts') },
        { find: /^\$lib\//, replacement: `${at('./src/lib')}/` },
        { find: /^\$features\//, replacement: `${at('./src/features')}/` },
        { find: /^\$routes\//, replacement: `${at('./src/routes')}/` },
      ],
      // Svelte's browser build in the unit tests too.
      ...(mode === 'test' ? { conditions: ['browser'] } : {}),
    },
    define: { __FRISTED_VERSION__: JSON.stringify(manifest.version) },
    clearScreen: false,
    server: { port: 5177, strictPort: false, host: '127.0.0.1' },
    preview: { port: 5178, strictPort: true, host: '127.0.0.1' },
    build: {
      outDir: mode === 'fake' ? 'dist-fake' : 'dist',
      emptyOutDir: true,
      target: ['es2022', 'safari16'],
      // The content policy allows no data: address for fonts or scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1500,
      rollupOptions: { output: { manualChunks: chunkOfWords } },
    },
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.ts'],
    },
  };
});
