import type { Transaction } from '../store.ts';

export type CommandRecord = Readonly<{
  id: string;
  operation: string;
  actorId: string;
  inputHash: string;
  result: string;
  at: number;
}>;

export async function findCommand(trx: Transaction, id: string): Promise<CommandRecord | undefined> {
  return trx.first<CommandRecord>('SELECT * FROM commands WHERE id = ?', [id]);
}

export async function recordCommand(trx: Transaction, record: CommandRecord): Promise<void> {
  await trx.insert('commands', record);
}
