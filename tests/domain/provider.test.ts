import { expect, test } from 'vitest';
import { suggestProvider, type ProviderContract } from '#domain/organisation/provider.ts';

const contract = (unitCode: string, values: Partial<ProviderContract> = {}): ProviderContract => ({
  unitId: `id of ${unitCode}`,
  unitCode,
  areas: ['苏州市'],
  kinds: ['installation'],
  fromOn: '2026-01-01',
  toOn: null,
  state: 'active',
  rating: 100,
  ...values,
});
const chosen = (contracts: readonly ProviderContract[], values: object = {}) =>
  suggestProvider(contracts, { address: '江苏省苏州市吴江区1号', kind: 'installation', on: '2026-03-15', ...values })
    ?.contract.unitCode;

test('the area that says most of the address wins over the rating', () => {
  const near = contract('B', { areas: ['江苏', '苏州市吴江区'], rating: 60 });
  expect(chosen([contract('A', { rating: 200 }), near])).toBe('B');
  const found = suggestProvider([contract('A'), near], {
    address: '苏州市吴江区',
    kind: 'installation',
    on: '2026-03-15',
  });
  expect(found?.reason).toEqual({ area: '苏州市吴江区', others: 1 });
});

test('of equals the better rated, then the first by code', () => {
  expect(chosen([contract('A'), contract('B', { rating: 101 })])).toBe('B');
  expect(chosen([contract('B'), contract('A')])).toBe('A');
});

test.each([
  ['suspended', { state: 'suspended' as const }],
  ['eliminated', { state: 'ended' as const }],
  ['not yet in force', { fromOn: '2026-03-16' }],
  ['run out', { toOn: '2026-03-14' }],
  ['of other work', { kinds: ['repair'] }],
  ['of another place', { areas: ['无锡市', ' '] }],
])('a provider that is %s gets no work', (_what, values) => {
  expect(chosen([contract('A', values)])).toBeUndefined();
});

test('on its first and last day a contract is in force, and letters match in any width and case', () => {
  const one = contract('A', { areas: ['ＳＩＰ'], fromOn: '2026-03-15', toOn: '2026-03-15' });
  expect(chosen([one], { address: '12 Road, sip, Suzhou' })).toBe('A');
});
