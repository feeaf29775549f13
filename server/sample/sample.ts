import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import type { Environment } from '#operations/operation.ts';
import type { Agenda } from './agenda.ts';
import type { Random } from './random.ts';

/** What the parts of the sample share. */
export type Sample = Readonly<{
  environment: Environment;
  random: Random;
  agenda: Agenda;
  clock: { now: number };
  /** ms UTC: where its history ends. */
  until: number;
  /** Runs an operation as the employee with this number, at the clock's time. */
  run<N extends OperationName>(number: string, name: N, input: InputOf<N>): Promise<OutputOf<N>>;
}>;
