import { useEffect, useEffectEvent } from 'react';

/** As in `F2`, `Ctrl+K`, `Ctrl+Enter`, `Alt+ArrowUp`, `Escape`. On a Mac, Ctrl also means Command. */
export type Hotkey = string;

type Entry = Readonly<{ hotkey: Hotkey; run: (event: KeyboardEvent) => void } | { isBarrier: true }>;

// The newest entry that matches wins; nothing reaches what lies beneath a barrier (a dialog, the lock).
const stack: Entry[] = [];

export function hotkeyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): Hotkey {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
    key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

// Asked before the key reaches the field, since the list may be gone by the time the key arrives here.
let isListOpen = false;

const OPEN_PANEL = '.ant-picker-dropdown:not(.ant-picker-dropdown-hidden), .ant-dropdown:not(.ant-dropdown-hidden)';

function noteOpenList(event: KeyboardEvent): void {
  const isUnderField = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
  isListOpen = isUnderField || document.querySelector(OPEN_PANEL) !== null; // Calendars and menus say nothing on their field.
}

function dispatch(event: KeyboardEvent): void {
  if (event.isComposing) return; // An input method is still choosing characters.
  if (isListOpen && event.key === 'Escape') return; // Escape closes the list hanging open under the field.
  const pressed = hotkeyOf(event);
  for (const entry of stack.toReversed()) {
    if ('isBarrier' in entry) return;
    if (entry.hotkey !== pressed) continue;
    event.preventDefault();
    entry.run(event);
    return;
  }
}

function push(entry: Entry): () => void {
  if (stack.length === 0) {
    window.addEventListener('keydown', noteOpenList, { capture: true });
    window.addEventListener('keydown', dispatch);
  }
  stack.push(entry);
  return () => {
    stack.splice(stack.indexOf(entry), 1);
    if (stack.length > 0) return;
    window.removeEventListener('keydown', noteOpenList, { capture: true });
    window.removeEventListener('keydown', dispatch);
  };
}

/** Runs `handler` on the key anywhere in the window, as long as the component is mounted and `isEnabled`. */
export function useHotkey(hotkey: Hotkey | undefined, handler: () => void, isEnabled = true): void {
  const run = useEffectEvent(handler);
  useEffect(() => {
    if (hotkey === undefined || !isEnabled) return undefined;
    return push({ hotkey, run: () => run() });
  }, [hotkey, isEnabled]);
}

/** Alt+1, Alt+2, … run `handler` with 0, 1, …, `count` of them and at most nine. */
export function useNumberHotkeys(count: number, handler: (place: number) => void): void {
  const run = useEffectEvent(handler);
  useEffect(() => {
    const places = Array.from({ length: Math.min(count, 9) }, (_, place) => place);
    const removers = places.map((place) => push({ hotkey: `Alt+${place + 1}`, run: () => run(place) }));
    return () => removers.forEach((remove) => remove());
  }, [count]);
}

/** Until the function it gives back is called, hotkeys registered before do nothing. */
export function raiseHotkeyBarrier(): () => void {
  return push({ isBarrier: true });
}

/** While mounted and `isUp`, hotkeys registered before do nothing. */
export function useHotkeyBarrier(isUp: boolean): void {
  useEffect(() => (isUp ? raiseHotkeyBarrier() : undefined), [isUp]);
}

const KEY_NAMES: Readonly<Record<string, string>> = { Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', Enter: '↵' };

export function ShortcutHint({ hotkey }: Readonly<{ hotkey: Hotkey }>) {
  const shown = hotkey.split('+').map((part) => KEY_NAMES[part] ?? part);
  return (
    <kbd className="mw-kbd" aria-hidden="true">
      {shown.join(' ')}
    </kbd>
  );
}
