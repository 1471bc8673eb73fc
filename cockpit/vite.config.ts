import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// The server that `npm run dev` talks to.
const server = process.env.LINKSPAN_URL ?? 'http://127.0.0.1:7780';

/** Puts a compressed copy next to each file but the page, which the server sends to browsers that take it. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle).filter((it) => !it.fileName.endsWith('.html'))) {
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
  // The server puts a fresh nonce in its place, in each answer that is the page.
  html: { cspNonce: 'LINKSPAN_STYLE_NONCE' },
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
