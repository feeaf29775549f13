/** The session's token lives as long as the window: `sessionStorage`, so that a reload keeps it and closing does not. */
const KEY = 'mendway.token';

export function readToken(): string | null {
  return sessionStorage.getItem(KEY);
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

export function dropToken(): void {
  sessionStorage.removeItem(KEY);
}
