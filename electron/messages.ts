/** What the processes of the desktop app say to each other. Whatever arrives from another process is `unknown` until it was checked here. */

/** Between a page's preload script and the main process. */
export const CHANNEL = {
  /** Page to main: wants a port to the service. Main to page: here it is. */
  port: 'mendway:port',
  /** Page to main: the language the user has chosen, so that menu and dialogs follow. */
  language: 'mendway:language',
  /** Page to main: the paper that would be printed now is to be saved as a PDF. Main answers with a `PaperOutcome`. */
  paper: 'mendway:paper',
} as const;

/** What became of a paper that was to be saved: kept as a whole, left by the user, or not kept at all. */
export type PaperOutcome = 'saved' | 'cancelled' | 'failed';

const LONGEST_NAME = 150;

/** A file's name without its ending, as a page proposes it, or undefined where it could be anything but a plain name. */
export function parsePaperName(message: unknown): string | undefined {
  if (typeof message !== 'string' || message.length > LONGEST_NAME) return undefined;
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(message) ? message : undefined;
}

/** The word with which the preload script hands a port on to the page; the page knows it by the same name. */
export const PORT_GREETING = 'mendway:port';

/** Main to station process; a port comes along with `serve`. */
export type StationCommand = Readonly<{ kind: 'serve' } | { kind: 'stop' }>;

/** Station process to main. */
export type StationReport = Readonly<
  | { kind: 'up'; mode: StationMode }
  /** It can't work with this data folder; starting it again would not help. */
  | { kind: 'failed'; reason: FailureReason; message: string }
>;

/** With a company it serves the operations; without one, only the making of one. */
export type StationMode = 'company' | 'first-run';

const MODES = ['company', 'first-run'] as const satisfies readonly StationMode[];

export type FailureReason = 'from-future' | 'migration' | 'other';

const REASONS = ['from-future', 'migration', 'other'] as const satisfies readonly FailureReason[];

/** What the station process reports, or undefined when it is nothing of the kind. */
export function parseReport(message: unknown): StationReport | undefined {
  if (!isRecord(message)) return undefined;
  const mode = MODES.find((one) => one === message['mode']);
  if (message['kind'] === 'up' && mode) return { kind: 'up', mode };
  const reason = REASONS.find((one) => one === message['reason']);
  const text = message['message'];
  if (message['kind'] === 'failed' && reason && typeof text === 'string')
    return { kind: 'failed', reason, message: text };
  return undefined;
}

export function parseCommand(message: unknown): StationCommand | undefined {
  if (!isRecord(message)) return undefined;
  const { kind } = message as { kind?: unknown };
  return kind === 'serve' || kind === 'stop' ? { kind } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
