import { useSearchParams } from 'react-router';
import { useNumberHotkeys } from './hotkeys.tsx';
import { useAskIfUnsaved } from './unsaved.tsx';

/**
 * Which tab of a screen is open: the one in the address (`?tab=…`), else the first; undefined only if there is none. Alt+1 …
 * changes it, and what is not saved is asked about first.
 */
export function useTabs<Tab extends Readonly<{ key: string }>>(tabs: readonly Tab[]) {
  const [params, setParams] = useSearchParams();
  const ask = useAskIfUnsaved();
  const chosen = tabs.find((tab) => tab.key === params.get('tab')) ?? tabs[0];

  function go(key: Tab['key'] | undefined): void {
    if (key !== undefined && key !== chosen?.key) ask(() => setParams({ tab: key }, { replace: true }));
  }
  useNumberHotkeys(tabs.length, (place) => go(tabs[place]?.key));
  return { chosen, go };
}
