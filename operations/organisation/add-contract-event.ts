import { z } from 'zod';
import type { FieldFault } from '#domain/errors.ts';
import { CONTRACT_EVENT_KINDS, ratingOf, signedFor, standingOf, stateAfter } from '#domain/organisation/contracts.ts';
import {
  eventsOf,
  installersOf,
  requireContract,
  updateStanding,
  type Contract,
  type ContractEventRow,
} from '#db/repositories/contracts.ts';
import { businessDay, id, money, optionalText, text, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { requireNoFaults, requireWithin } from './within.ts';

const event = z.object({
  contractId: id(),
  version: version(),
  kind: z.enum(CONTRACT_EVENT_KINDS),
  happenedOn: businessDay(),
  /** Without a sign: what kind of event it is says whether they are given or taken. */
  points: z.int().min(0).max(1000).default(0),
  amount: money().default(0),
  reason: text(500),
  evidence: optionalText(1000),
  /** Whom of the provider's people it is about; null: the provider. */
  installerId: id().nullable().default(null),
});

type Input = z.output<typeof event>;

/**
 * Writes down a reward, a penalty, a suspension, an elimination or a reinstatement, for good. The rating follows from all of
 * them, the contract's state from those about the provider itself; those about an installer say how he stands.
 */
export const addContractEvent = defineCommand({
  name: 'organisation.addContractEvent',
  right: 'organisation.manage',
  reach: 'company',
  byOtherUnits: true,
  input: event,

  async run(ctx, input) {
    const contract = await requireContract(ctx.trx, input.contractId);
    requireWithin(ctx, contract.unitId);
    requireNoFaults(await faultsOf(ctx, contract, input));
    const before = await eventsOf(ctx.trx, contract.id);
    const state = input.installerId === null ? stateAfter(contract.state, input.kind) : contract.state;
    if (input.installerId !== null) stateAfter(standingOf(before, input.installerId).state, input.kind);

    const added = eventOf(ctx, contract, input);
    const rating = ratingOf([...before, added]);
    await updateStanding(ctx.trx, { id: contract.id, version: input.version }, { state, rating });
    await ctx.trx.insert('contract_events', added);
    const installer = await nameOfInstaller(ctx, contract, input.installerId);
    const { state: stateBefore, rating: ratingBefore } = contract;
    const { kind, happenedOn, points, amount, reason, evidence } = added;
    ctx.audit(kind, 'contract', contract.id, {
      before: { state: stateBefore, rating: ratingBefore },
      after: { kind, ...(installer ? { installer } : {}), happenedOn, points, amount, reason, evidence, state, rating },
    });
    return { id: added.id, version: input.version + 1, state, rating };
  },
});

async function nameOfInstaller(ctx: CommandContext, contract: Contract, id: string | null): Promise<string> {
  if (id === null) return '';
  return (await installersOf(ctx.trx, contract.unitId)).find((installer) => installer.id === id)?.name ?? '';
}

async function faultsOf(ctx: CommandContext, contract: Contract, input: Input): Promise<FieldFault[]> {
  const faults: FieldFault[] = [];
  if (input.happenedOn > ctx.today) faults.push({ path: 'happenedOn', rule: 'inTheFuture' });
  if (input.happenedOn < contract.fromOn) faults.push({ path: 'happenedOn', rule: 'beforeFrom' });
  if (input.installerId === null) return faults;
  const installers = await installersOf(ctx.trx, contract.unitId);
  if (!installers.some(({ id: one }) => one === input.installerId))
    faults.push({ path: 'installerId', rule: 'doesNotExist' });
  return faults;
}

function eventOf(ctx: CommandContext, contract: Contract, input: Input): ContractEventRow {
  const { kind, happenedOn, reason, evidence, installerId } = input;
  return {
    id: ctx.newId(),
    unitId: contract.unitId,
    contractId: contract.id,
    kind,
    happenedOn,
    points: signedFor(kind, input.points),
    amount: signedFor(kind, input.amount),
    reason,
    evidence,
    installerId,
    employeeId: ctx.actor.employeeId,
    employeeName: ctx.actor.name,
    at: ctx.now,
  };
}
