import type { CommandContext } from '../operation.ts';

/** Where and when a row that the region shares comes from. */
export async function originOf(ctx: CommandContext, id: string) {
  return { id, unitId: ctx.station.unitId, createdAt: ctx.now, clock: await ctx.nextClock() };
}
