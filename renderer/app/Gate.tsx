import { useState } from 'react';
import { createHashRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { LongOperations } from '#renderer/api/long-operations.tsx';
import { useText } from '#renderer/text/react.ts';
import { FailureState, Loading } from '#renderer/ui/index.ts';
import { ChangePasswordScreen } from './change-password.tsx';
import { LockScreen } from './LockScreen.tsx';
import { NotFoundScreen } from './NotFoundScreen.tsx';
import { SCREENS } from './routes.tsx';
import { ScreenFrame } from './ScreenFrame.tsx';
import { useSessionActions, useSessionState } from './session.tsx';
import { Shell } from './Shell.tsx';
import { SignInScreen } from './SignInScreen.tsx';

/** What is shown depends on who is signed in; a locked screen stays mounted beneath the lock. */
export function Gate() {
  const t = useText();
  const state = useSessionState();
  const { start } = useSessionActions();
  if (state.status === 'starting') return <Loading text={t('app.connecting')} />;
  if (state.status === 'unreachable') return <FailureState error={state.error} onRetry={start} />;
  if (state.status === 'signed-out') return <SignInScreen />;
  const { session, lock } = state;
  return (
    <>
      {session.mustChangePassword ? <ChangePasswordScreen /> : <Screens key={session.actor.employeeId} />}
      {lock !== undefined && <LockScreen reason={lock} />}
    </>
  );
}

// Addresses after `#`, so that the bundle runs from any server and from the desktop shell's own scheme.
function createRouter() {
  const screens = SCREENS.map(({ path, rights, Component }) => ({
    path,
    element: (
      <ScreenFrame rights={rights}>
        <Component />
      </ScreenFrame>
    ),
  }));
  return createHashRouter([{ element: <Shell />, children: [...screens, { path: '*', element: <NotFoundScreen /> }] }]);
}

function Screens() {
  const [router] = useState(createRouter);
  return (
    <LongOperations>
      <RouterProvider router={router} />
    </LongOperations>
  );
}
