import { takeTurn } from '#db/repositories/sequences.ts';
import type { CommandContext } from '../operation.ts';

/**
 * The pay of a unit is changed by one at a time: what an order pays, the payslips made from it and the state of their period are
 * read in one statement and written in another, and must not change in between. A command that locks a row takes its turn
 * before: whoever has it may come to need that row, and the two would wait for each other.
 */
export async function takePayTurn(ctx: CommandContext): Promise<void> {
  await takeTurn(ctx.trx, `pay ${ctx.station.unitId}`);
}
