import { normalizeSearch } from '../search.ts';
import { isInForce, type ContractState } from './contracts.ts';

export type ProviderContract = Readonly<{
  unitId: string;
  unitCode: string;
  /** Places as addresses name them. */
  areas: readonly string[];
  /** Kinds of work taken. */
  kinds: readonly string[];
  fromOn: string;
  toOn: string | null;
  state: ContractState;
  rating: number;
}>;

export type ProviderSuggestion<Contract> = Readonly<{
  contract: Contract;
  /** The place in the address that the provider serves, and how many other providers in force could take the work. */
  reason: Readonly<{ area: string; others: number }>;
}>;

/**
 * Who should get work of a kind at an address on a business date: of those in force that take it, the one whose area says most
 * of the address; of equals the better rated, then the first by the unit's code. Null when nobody serves it.
 */
export function suggestProvider<Contract extends ProviderContract>(
  contracts: readonly Contract[],
  asked: Readonly<{ address: string; kind: string; on: string }>,
): ProviderSuggestion<Contract> | null {
  const address = normalizeSearch(asked.address);
  const able = contracts
    .filter((contract) => contract.kinds.includes(asked.kind) && isInForce(contract, asked.on))
    .map((contract) => ({ contract, area: longestAreaIn(contract.areas, address) }))
    .filter(({ area }) => area !== '')
    .toSorted(
      (a, b) =>
        normalizeSearch(b.area).length - normalizeSearch(a.area).length ||
        b.contract.rating - a.contract.rating ||
        (a.contract.unitCode < b.contract.unitCode ? -1 : 1),
    );
  const best = able[0];
  if (!best) return null;
  const others = new Set(able.map(({ contract }) => contract.unitId)).size - 1;
  return { contract: best.contract, reason: { area: best.area, others } };
}

function longestAreaIn(areas: readonly string[], address: string): string {
  const named = areas.filter((area) => {
    const sought = normalizeSearch(area);
    return sought !== '' && address.includes(sought);
  });
  return named.toSorted((a, b) => normalizeSearch(b).length - normalizeSearch(a).length)[0] ?? '';
}
