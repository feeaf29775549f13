import { useHotkey, useHotkeyBarrier } from '#renderer/ui/index.ts';

/** Escape leaves the drawer; keys of the screen beneath it rest meanwhile. */
export function DrawerKeys({ onClose }: Readonly<{ onClose: () => void }>) {
  useHotkeyBarrier(true);
  useHotkey('Escape', onClose);
  return null;
}
