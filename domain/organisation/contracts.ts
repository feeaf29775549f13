import { DomainError } from '../errors.ts';

/** A provider runs an outlet under a contract; what it did well or badly decides its rating and whether it gets work. */

export type ContractState = 'active' | 'suspended' | 'ended';

export const CONTRACT_EVENT_KINDS = ['reward', 'penalty', 'suspension', 'elimination', 'reinstatement'] as const;
export type ContractEventKind = (typeof CONTRACT_EVENT_KINDS)[number];

/** `points` and `amount` (fen) as they count: a penalty's are negative. `installerId`: it is about one of the provider's people only. */
export type ContractEvent = Readonly<{
  kind: ContractEventKind;
  points: number;
  amount: number;
  installerId: string | null;
}>;

/** Points that every provider begins with. */
const FIRST_RATING = 100;

/** Points, from all that happened, whichever of the provider's people it was about. */
export function ratingOf(events: readonly Pick<ContractEvent, 'points'>[]): number {
  return events.reduce((sum, { points }) => sum + points, FIRST_RATING);
}

const SIGN: Readonly<Record<ContractEventKind, 1 | 0 | -1>> = {
  reward: 1,
  penalty: -1,
  suspension: -1,
  elimination: -1,
  reinstatement: 0,
};

/** What somebody typed without a sign, as it counts for this kind of event; being taken back is worth nothing by itself. */
export function signedFor(kind: ContractEventKind, figure: number): number {
  return figure === 0 ? 0 : SIGN[kind] * figure;
}

/** The states in which something can happen that changes them, and what they become. */
const MOVES: Readonly<
  Partial<Record<ContractEventKind, Readonly<{ from: readonly ContractState[]; to: ContractState }>>>
> = {
  suspension: { from: ['active'], to: 'suspended' },
  elimination: { from: ['active', 'suspended'], to: 'ended' },
  reinstatement: { from: ['suspended', 'ended'], to: 'active' },
};

/**
 * The state of a contract, or of an installer under it, after an event about it.
 * @throws DomainError `contract.wrong-state {state, kind}`
 */
export function stateAfter(state: ContractState, kind: ContractEventKind): ContractState {
  const move = MOVES[kind];
  if (!move) return state;
  if (!move.from.includes(state)) throw new DomainError('contract.wrong-state', { state, kind });
  return move.to;
}

export type Standing = Readonly<{ rewards: number; penalties: number; points: number; state: ContractState }>;

/** How one of the provider's people stands, by the events about him, in their order. */
export function standingOf(events: readonly ContractEvent[], installerId: string): Standing {
  const own = events.filter((event) => event.installerId === installerId);
  const count = (kind: ContractEventKind) => own.filter((event) => event.kind === kind).length;
  return {
    rewards: count('reward'),
    penalties: count('penalty'),
    points: own.reduce((sum, { points }) => sum + points, 0),
    state: own.reduce<ContractState>((state, { kind }) => MOVES[kind]?.to ?? state, 'active'),
  };
}

/** Whether work can be given under the contract on a business date. */
export function isInForce(
  contract: Readonly<{ state: ContractState; fromOn: string; toOn: string | null }>,
  on: string,
): boolean {
  const { state, fromOn, toOn } = contract;
  return state === 'active' && fromOn <= on && (toOn === null || on <= toOn);
}
