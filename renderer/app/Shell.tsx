import { useState } from 'react';
import { Outlet, useNavigate } from 'react-router';
import { UnsavedGuard, useHotkey } from '#renderer/ui/index.ts';
import { ChangePasswordDialog } from './change-password.tsx';
import { Palette } from './Palette.tsx';
import { SCREENS, type Screen } from './routes.tsx';
import { useMay, useSession, useSessionActions } from './session.tsx';
import { SideMenu } from './SideMenu.tsx';
import { TopBar } from './TopBar.tsx';
import { useAutoLock } from './use-auto-lock.ts';

/** The frame around all screens: menu, bar, keys. */
export function Shell() {
  const may = useMay();
  const { role } = useSession();
  const { lock } = useSessionActions();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isPasswordOpen, setPasswordOpen] = useState(false);
  const screens = SCREENS.filter(({ rights, only }) => may(rights) && (only === undefined || only === role));
  useAutoLock(lock);
  useHotkey('Ctrl+K', () => setPaletteOpen(true));

  return (
    <div className="mw-shell">
      <UnsavedGuard />
      <SideMenu screens={screens} />
      <div className="mw-shell-main">
        <TopBar onPalette={() => setPaletteOpen(true)} onChangePassword={() => setPasswordOpen(true)} />
        <main className="mw-shell-screen">
          <Outlet />
        </main>
      </div>
      {screens.map((screen) => (
        <ScreenKey key={screen.path} screen={screen} />
      ))}
      {isPaletteOpen && (
        <Palette
          screens={screens}
          onClose={() => setPaletteOpen(false)}
          onChangePassword={() => setPasswordOpen(true)}
        />
      )}
      <ChangePasswordDialog isOpen={isPasswordOpen} onClose={() => setPasswordOpen(false)} />
    </div>
  );
}

function ScreenKey({ screen }: Readonly<{ screen: Screen }>) {
  const navigate = useNavigate();
  useHotkey(screen.menu?.hotkey, () => void navigate(screen.path));
  return null;
}
