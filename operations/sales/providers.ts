import { z } from 'zod';
import { suggestProvider } from '#domain/organisation/provider.ts';
import { allContracts } from '#db/repositories/contracts.ts';
import { allUnits, type UnitRow } from '#db/repositories/units.ts';
import type { Sql } from '#db/store.ts';
import { SALE_WANTS } from '../handshakes/content.ts';
import { fragment } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

type Place = Readonly<{ address: string; wants: (typeof SALE_WANTS)[number]; on: string }>;

/** Who may get the work, and whose contract covers the address. */
export const saleProviders = defineQuery({
  name: 'sales.providers',
  right: 'sales.report',
  input: z.object({ address: fragment(300), wants: z.enum(SALE_WANTS) }),

  async run(ctx, { address, wants }) {
    const units = await activeUnits(ctx.sql);
    const isOwn = (unit: Readonly<{ id: string }>) => unit.id === ctx.station.unitId;
    return {
      suggested: await providerFor(ctx.sql, units, { address, wants, on: ctx.today }),
      units: units
        .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
        .map((unit) => ({ id: unit.id, code: unit.code, name: unit.name, isOwn: isOwn(unit) })),
    };
  },
});

export const activeUnits = async (sql: Sql): Promise<UnitRow[]> =>
  (await allUnits(sql)).filter((unit) => unit.isActive);

/** `area`: the place in the address that the contract names. Null: no contract covers it. */
export async function providerFor(
  sql: Sql,
  units: readonly UnitRow[],
  { address, wants, on }: Place,
): Promise<Readonly<{ unitId: string; area: string }> | null> {
  const open = new Set(units.map(({ id }) => id));
  const contracts = (await allContracts(sql)).filter(({ unitId }) => open.has(unitId));
  const found = suggestProvider(contracts, { address, kind: wants, on });
  return found && { unitId: found.contract.unitId, area: found.reason.area };
}
