import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { Right } from '#domain/access/rights.ts';
import type { OutputOf } from '#operations/index.ts';
import { call, onSessionRequired, OperationFailed } from '#renderer/api/client.ts';
import { dropToken, keepToken, readToken } from '#renderer/api/token.ts';
import { forgetGrids } from '#renderer/ui/grid/memory.ts';
import { StationSettingsProvider } from '#renderer/ui/station.tsx';

/** Who works here now, and where. */
export type Session = OutputOf<'session.current'>;

/** Why the screen is covered: by hand, after a while without a key, or because the service asks for a sign-in. */
export type LockReason = 'locked' | 'expired';

export type SessionState =
  | Readonly<{ status: 'starting' }>
  | Readonly<{ status: 'unreachable'; error: OperationFailed }>
  | Readonly<{ status: 'signed-out' }>
  | Readonly<{ status: 'signed-in'; session: Session; lock: LockReason | undefined }>;

type SessionActions = Readonly<{
  /** Looks again who is signed in. */
  start: () => void;
  /** Takes what `session.signIn` answered; unlocks when it is the same person. */
  enter: (signedIn: OutputOf<'session.signIn'>) => void;
  passwordChanged: () => void;
  lock: () => void;
  /** Ends the session here and at the service. */
  leave: () => void;
}>;

const StateContext = createContext<SessionState>({ status: 'starting' });
const ActionsContext = createContext<SessionActions | undefined>(undefined);

export function SessionProvider({ children }: Readonly<{ children: ReactNode }>) {
  const cache = useQueryClient();
  const [state, setState] = useState<SessionState>({ status: readToken() === null ? 'signed-out' : 'starting' });

  const actions = useMemo<SessionActions>(() => {
    function forgetEverything(): void {
      dropToken();
      cache.clear();
      forgetGrids();
    }
    return {
      start: () => void findSession().then(setState),
      enter({ token, expiresAt: _, ...session }) {
        keepToken(token);
        void cache.invalidateQueries();
        setState({ status: 'signed-in', session, lock: undefined });
      },
      passwordChanged: () =>
        setState((now) =>
          now.status === 'signed-in' ? { ...now, session: { ...now.session, mustChangePassword: false } } : now,
        ),
      // Without the token nothing can be read or done here, not even after a reload; the screen stays as it is.
      lock() {
        dropToken();
        setState((now) => (now.status === 'signed-in' ? { ...now, lock: now.lock ?? 'locked' } : now));
      },
      leave() {
        void call('session.signOut', {}, {}).catch(alreadyOut);
        forgetEverything();
        setState({ status: 'signed-out' });
      },
    };
  }, [cache]);

  const sessionRequired = useEffectEvent(() => {
    dropToken();
    setState((now) => (now.status === 'signed-in' ? { ...now, lock: now.lock ?? 'expired' } : now));
  });
  useEffect(() => onSessionRequired(() => sessionRequired()), []);
  useEffect(() => {
    if (readToken() !== null) actions.start();
  }, [actions]);

  const station = state.status === 'signed-in' ? state.session.station : undefined;
  return (
    <ActionsContext value={actions}>
      <StateContext value={state}>
        <StationSettingsProvider settings={station}>{children}</StationSettingsProvider>
      </StateContext>
    </ActionsContext>
  );
}

/** Signing out works without the service, too: the token is gone. */
function alreadyOut(): void {}

async function findSession(): Promise<SessionState> {
  try {
    return { status: 'signed-in', session: await call('session.current', {}), lock: undefined };
  } catch (error) {
    if (!(error instanceof OperationFailed) || error.code === 'session.required') return { status: 'signed-out' };
    return { status: 'unreachable', error };
  }
}

export function useSessionState(): SessionState {
  return useContext(StateContext);
}

export function useSessionActions(): SessionActions {
  const actions = useContext(ActionsContext);
  if (actions === undefined) throw new Error('outside of SessionProvider');
  return actions;
}

/** The session of whoever is signed in. Only for what is shown to people who are. */
export function useSession(): Session {
  const state = useSessionState();
  if (state.status !== 'signed-in') throw new Error('nobody is signed in');
  return state.session;
}

/** `may('stock.issue')`: for showing and hiding; the service checks again. */
export function useMay(): (right: Right | readonly Right[]) => boolean {
  const { actor } = useSession();
  return (right) => (typeof right === 'string' ? [right] : right).some((one) => actor.rights.includes(one));
}
