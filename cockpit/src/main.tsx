import './session/first.ts';
import '@mantine/core/styles.css';
import './global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { App } from './App.tsx';
import { SessionProvider } from './session/SessionProvider.tsx';
import { pageNonce } from './nonce.ts';
import { theme } from './theme.ts';

// What is shown is kept fresh by the event stream; without it, by the return to the window.
const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: true } },
});

const nonce = pageNonce();
// What keeps the page behind a dialog from scrolling writes a style of its own, and asks this package for the nonce.
setNonce(nonce);

const root = document.getElementById('root');
if (root === null) {
  throw new Error('BUG: the page has no root');
}
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queries}>
        <Router base="/cockpit">
          <SessionProvider>
            <App />
          </SessionProvider>
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
