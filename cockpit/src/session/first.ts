import { currentSession } from './session.ts';

/** The session that the page was opened in, asked for before the rest of the program has run: that takes as long. */
export const firstSession = currentSession();

// Nobody waits for it yet, and that there is none is no error.
firstSession.catch(() => {});
