import { appendAuditLines } from '#db/repositories/audit-log.ts';
import type { OperationName } from '#operations/index.ts';
import type { Environment } from '#operations/operation.ts';

/** Commands that came without a session: refused, and told in the audit log together, not one by one. */
export interface Strangers {
  note(operation: OperationName): void;
  /** Writes down what hasn't been yet. */
  close(): Promise<void>;
}

const MINUTE = 60_000;

/** Whoever floods the service with calls must not fill its disk: at most one line in `everyMs`, with the count of each command. */
export function openStrangers(environment: Environment, everyMs = MINUTE): Strangers {
  const counts = new Map<OperationName, number>();
  let timer: NodeJS.Timeout | undefined;
  const tell = async () => {
    timer = undefined;
    const refused = Object.fromEntries(counts);
    counts.clear();
    if (Object.keys(refused).length > 0) await writeDown(environment, refused);
  };
  const later = () => void tell().catch(() => undefined); // a count lost to a database that is gone is no loss
  return {
    note(operation) {
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
      timer ??= setTimeout(later, everyMs).unref();
    },
    close: async () => {
      clearTimeout(timer);
      await tell().catch(() => undefined);
    },
  };
}

async function writeDown(environment: Environment, refused: Readonly<Record<string, number>>): Promise<void> {
  const line = {
    at: environment.now(),
    actorId: '',
    actorName: '',
    commandId: '',
    operation: 'session.required',
    event: 'refused',
    entity: '',
    entityId: '',
    change: JSON.stringify({ code: 'session.required', details: {}, after: refused }),
  };
  await environment.store.write?.((trx) => appendAuditLines(trx, [line]));
}
