/** Where the window was, so that it comes up there again, but never where no screen is any more. */

export type Bounds = Readonly<{ x: number; y: number; width: number; height: number }>;

export type WindowState = Readonly<{ bounds: Bounds; isMaximized: boolean }>;

/** The screens are made for this size and up. */
export const SMALLEST = { width: 1366, height: 768 } as const;

/** So much of the window has to be on a screen for the user to be able to take hold of it. */
const GRIP = 100;

/** The state kept in a file's text, or undefined when it is none. */
export function parseWindowState(text: string): WindowState | undefined {
  try {
    const { bounds, isMaximized } = JSON.parse(text) as { bounds?: unknown; isMaximized?: unknown };
    return isBounds(bounds) && typeof isMaximized === 'boolean' ? { bounds, isMaximized } : undefined;
  } catch {
    return undefined;
  }
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Record<string, unknown>;
  return [x, y, width, height].every((figure) => Number.isSafeInteger(figure));
}

/** The size and place to open with: as it was if a screen still shows it, else in the middle of the first one. */
export function boundsToOpen(
  state: WindowState | undefined,
  screens: readonly Bounds[],
): Partial<Bounds> & typeof SMALLEST {
  if (!state) return SMALLEST;
  const { x, y, width, height } = state.bounds;
  const size = { width: Math.max(width, SMALLEST.width), height: Math.max(height, SMALLEST.height) };
  const isShown = screens.some((screen) => overlap(screen, state.bounds));
  return isShown ? ({ x, y, ...size } as Bounds & typeof SMALLEST) : (size as typeof SMALLEST);
}

function overlap(screen: Bounds, { x, y, width, height }: Bounds): boolean {
  const across = Math.min(screen.x + screen.width, x + width) - Math.max(screen.x, x);
  const down = Math.min(screen.y + screen.height, y + height) - Math.max(screen.y, y);
  return across >= GRIP && down >= GRIP && y >= screen.y;
}
