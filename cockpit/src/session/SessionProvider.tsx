import { Center, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { followEvents } from '../api/events.ts';
import type { Region, Session } from '../api/schema.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Refused } from '../ui/Refused.tsx';
import { SessionContext, type Signed } from './SessionContext.ts';
import { SignInForm } from './SignInForm.tsx';
import { SignInPage } from './SignInPage.tsx';
import { clock } from './clock.ts';
import { firstSession } from './first.ts';
import { gate } from './gate.ts';
import { currentSession, signOut } from './session.ts';

const REGION_KEY = 'linkspan.region';
const SEEN_EVERY = 30_000;

type State =
  | { kind: 'asking' }
  | { kind: 'unreachable'; error: unknown }
  | { kind: 'nobody' }
  | { kind: 'signed'; session: Session; over: boolean };

/** Shows its children in a session: asks for one first, and again when it is over. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ kind: 'asking' });
  const [region, setRegion] = useState(() => localStorage.getItem(REGION_KEY) ?? '');
  const queries = useQueryClient();

  const enter = useCallback((session: Session) => {
    clock.seen(Date.parse(session.Now), session.Clock === 'manual');
    setState({ kind: 'signed', session, over: false });
  }, []);

  useEffect(() => {
    firstSession.then(enter, (error: unknown) => {
      const none = error instanceof ApiError && error.status === 401;
      setState(none ? { kind: 'nobody' } : { kind: 'unreachable', error });
    });
    gate.onClosed(() => setState((now) => (now.kind === 'signed' ? { ...now, over: true } : now)));
  }, [enter]);

  const session = state.kind === 'signed' ? state.session : undefined;
  const chosen = session?.Regions.find((it) => it.RegionName === region) ?? session?.Regions[0];
  useFollowedRegion(session, chosen);

  const signed = useMemo<Signed | undefined>(
    () =>
      session &&
      chosen && {
        session,
        account: session.AccountId,
        region: chosen.RegionName,
        subregions: chosen.Subregions,
        chooseRegion: (name) => {
          localStorage.setItem(REGION_KEY, name);
          setRegion(name);
        },
        signOut: async () => {
          await signOut();
          queries.clear();
          setState({ kind: 'nobody' });
        },
        goOn: enter,
      },
    [session, chosen, queries, enter],
  );

  const renew = (renewed: Session) => {
    if (renewed.AccountId !== session?.AccountId) {
      location.reload();
      return;
    }
    enter(renewed);
    gate.open();
  };

  if (state.kind === 'asking') {
    return (
      <Center mih="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  if (state.kind === 'unreachable') {
    return (
      <Center mih="100vh" p="md">
        <Refused error={state.error} title="Cockpit has no server to talk to" />
      </Center>
    );
  }
  if (signed === undefined || state.kind === 'nobody') {
    return <SignInPage onSignedIn={enter} />;
  }
  return (
    <SessionContext value={signed}>
      {children}
      <Dialog opened={state.over} above title="Your session is over. Sign in again and go on where you were.">
        <SignInForm onSignedIn={renew} />
      </Dialog>
    </SessionContext>
  );
}

/** Follows the events of the Region that is shown, and its time. */
function useFollowedRegion(session: Session | undefined, region: Region | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (session === undefined || region === undefined) {
      return undefined;
    }
    const look = () => {
      currentSession(region.RegionName).then(
        (seen) => clock.seen(Date.parse(seen.Now), seen.Clock === 'manual'),
        // The next call tells that the session is over, or that nobody answers.
        () => {},
      );
    };
    const timer = setInterval(look, SEEN_EVERY);
    const stop = followEvents(region.RegionName, region.LastSequence, queries, look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [session, region, queries]);
}
