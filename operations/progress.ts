import type { CommandContext } from './operation.ts';

/** For a part of a command's work, from this share of the whole to that one: what it tells of itself is told of the whole. */
export function partOf(ctx: CommandContext, from: number, to: number): CommandContext {
  return { ...ctx, tell: (share) => ctx.tell(from + share * (to - from)) };
}
