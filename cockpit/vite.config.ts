import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// The server that `npm run dev` talks to.
const server = process.env.LINKSPAN_URL ?? 'http://127.0.0.1:7780';

/** Puts a compressed copy next to each file, which the server sends to browsers that take it. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          const content = file.type === 'chunk' ? file.code : file.source;
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.gz`,
            source: gzipSync(content, { level: 9 }),
          });
        }
      },
    },
  };
}

export default defineConfig({
  base: '/cockpit/',
  plugins: [react(), compressed()],
  build: {
    outDir: 'target/site',
    emptyOutDir: true,
    // Inlined files would be data: addresses, which the Content-Security-Policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      '/api': server,
      '/linkspan': server,
      '/cockpit/session': server,
      '/cockpit/events': server,
    },
  },
});
