import { createContext, useContext } from 'react';
import type { Session } from '../api/schema.ts';

export type Signed = {
  session: Session;
  account: string;
  region: string;
  subregions: readonly string[];
  chooseRegion: (region: string) => void;
  signOut: () => Promise<void>;
  /** Goes on in this session: after another sign-in, or when something about the account has changed. */
  goOn: (session: Session) => void;
};

export const SessionContext = createContext<Signed | undefined>(undefined);

/** The session that the page is shown in. */
export function useSession(): Signed {
  const signed = useContext(SessionContext);
  if (signed === undefined) {
    throw new Error('BUG: used outside of a session');
  }
  return signed;
}
