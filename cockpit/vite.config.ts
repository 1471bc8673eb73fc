import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server that `npm run dev` talks to.
const server = process.env.LINKSPAN_URL ?? 'http://127.0.0.1:7780';

export default defineConfig({
  base: '/cockpit/',
  plugins: [react()],
  build: {
    outDir: 'target/site',
    emptyOutDir: true,
    // Inlined files would be data: addresses, which the Content-Security-Policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
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
