/** Where the window may go, and who may talk to the main process: the app's own pages, nothing else. */

export const SCHEME = 'mendway';
export const ORIGIN = 'mendway://app';
export const APP_PAGE = `${ORIGIN}/index.html`;
export const FIRST_RUN_PAGE = `${ORIGIN}/first-run/index.html`;

const PAGES: readonly string[] = [APP_PAGE, FIRST_RUN_PAGE];

/** Whether an address is one of the app's own pages, whatever stands behind its `#`. */
export function isOwnPage(address: string): boolean {
  return PAGES.includes(withoutFragment(address));
}

/** Whether two addresses are the same page: going from one to the other loads nothing. */
export function isSamePage(one: string, other: string): boolean {
  return withoutFragment(one) === withoutFragment(other);
}

/** Only to be asked about pages that are shown: an address that can't be parsed is nobody's. */
function withoutFragment(address: string): string {
  if (!URL.canParse(address)) return '';
  const url = new URL(address);
  url.hash = '';
  return url.href;
}

/** The frame a message came from, as Electron gives it. */
type Frame = Readonly<{ url: string; parent: unknown }>;

/** Whether a message comes from the main frame of one of the app's own pages. */
export function isTrustedSender(frame: Frame | null | undefined): boolean {
  return frame !== null && frame !== undefined && frame.parent === null && isOwnPage(frame.url);
}
