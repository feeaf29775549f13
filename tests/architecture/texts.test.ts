import { expect, test } from 'vitest';
import { RIGHTS } from '#domain/access/rights.ts';
import { en } from '#renderer/text/en.ts';
import { zhCN } from '#renderer/text/zh-CN.ts';
import { literalsOf } from './lib/rules.ts';
import { PRODUCT_FOLDERS, sourcesIn } from './lib/source.ts';
import { isSpoken, spokenIn } from './lib/text-keys.ts';

type Tree = Readonly<{ [key: string]: string | Tree }>;

const LANGUAGES: readonly [name: string, texts: Tree][] = [
  ['zh-CN', zhCN],
  ['en', en],
];

function leavesOf(tree: Tree, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : leavesOf(value, `${prefix}${key}.`),
  );
}

const parametersOf = (text: string): string => [...new Set(text.match(/\{\{\s*\w+/g))].toSorted().join(' ');

test('both languages have the same texts', () => {
  const [chinese, english] = [zhCN, en].map((texts) =>
    leavesOf(texts)
      .map(([key]) => key)
      .toSorted(),
  );
  expect(english).toEqual(chinese);
});

test('a text takes the same parameters in both languages', () => {
  const english = new Map(leavesOf(en));
  const different = leavesOf(zhCN).filter(([key, text]) => parametersOf(text) !== parametersOf(english.get(key) ?? ''));
  expect(different.map(([key]) => key)).toEqual([]);
});

test.each(LANGUAGES)('no text in %s is empty', (_name, texts) => {
  expect(leavesOf(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
});

test.each(LANGUAGES)('every error code has its text in %s', (_name, texts) => {
  const codes = errorCodes();
  expect(codes.length).toBeGreaterThan(5);
  expect(missingIn(texts['errors'], codes)).toEqual([]);
});

test.each(LANGUAGES)('every right has its text in %s', (_name, texts) => {
  expect(missingIn(texts['rights'], RIGHTS)).toEqual([]);
});

/** How the keys begin that the code puts together; what follows is a word of the code, such as a state or a column. */
const OPENINGS = [
  'sync.repairs.',
  'sync.reasons.',
  'sync.lists.',
  'sync.kinds.',
  'sync.indicator.',
  'sync.heads.',
  'sync.directions.',
  'sync.about.',
  'stations.troubles.',
  'stations.states.',
  'counts.scopes.',
  'counts.states.',
  'counts.uncounted.',
  'counts.ways.',
  'enrolment.',
  'audit.charges.',
  'availability.ended.',
  'availability.states.',
  'availability.views.',
  'catalogue.classes.',
  'catalogue.tracking.',
  'cli.differences.',
  'cli.stockRules.',
  'cli.verbs.',
  'common.',
  'counts.scopes.',
  'counts.states.',
  'counts.uncounted.',
  'counts.ways.',
  'errors.',
  'fieldRules.',
  'fields.',
  'handshakes.outcomes.',
  'handshakes.states.',
  'labels.papers.',
  'menu.',
  'organisation.contractStates.',
  'organisation.departmentKinds.',
  'organisation.effects.',
  'organisation.eventKinds.',
  'organisation.tabs.',
  'organisation.unitKinds.',
  'payroll.',
  'payroll.checks.',
  'payroll.appeals.done.',
  'payroll.appeals.kinds.',
  'payroll.appeals.states.',
  'payroll.appeals.views.',
  'payroll.awards.kinds.',
  'payroll.awards.sources.',
  'payroll.awards.states.',
  'payroll.components.',
  'payroll.conditionNames.',
  'payroll.deadlines.',
  'payroll.explain.',
  'payroll.explain.again.',
  'payroll.explain.measures.',
  'payroll.families.',
  'payroll.explain.measures.',
  'payroll.fieldNames.',
  'payroll.followUps.',
  'payroll.importing.columns.',
  'payroll.items.categories.',
  'payroll.items.kinds.',
  'payroll.lineKinds.',
  'payroll.periodStates.',
  'payroll.sentences.',
  'payroll.terms.',
  'payroll.terms.switchNames.',
  'payroll.terms.weekdays.',
  'payroll.tierRules.measures.',
  'payroll.tierRules.modes.',
  'payroll.which.why.',
  'payroll.team.',
  'payroll.team.notes.',
  'payroll.team.views.',
  'purchases.',
  'purchases.states.',
  'purchases.steps.',
  'purchases.views.',
  'referrals.',
  'referrals.empty.',
  'reports.columns.',
  'reports.descriptions.',
  'reports.outcomes.',
  'reports.params.',
  'reports.titles.',
  'rights.',
  'roles.',
  'settlement.entryKinds.',
  'sales.',
  'sales.empty.',
  'setup.log.entities.',
  'setup.log.operations.',
  'setup.roles.about.',
  'setup.roles.areas.',
  'setup.pcs.states.',
  'setup.storeKinds.',
  'setup.tabs.',
  'setup.webhooks.events.',
  'setup.webhooks.failures.',
  'setup.webhooks.states.',
  'setup.warehouseKinds.',
  'issues.customerClasses.',
  'oldParts.deedTexts.',
  'oldParts.deeds.',
  'oldParts.entryKinds.',
  'oldParts.hows.',
  'oldParts.views.',
  'slips.papers.',
  'slips.titles.',
  'stock.issueKinds.',
  'stock.kinds.',
  'stock.tabs.',
  'today.lists.',
  'today.requests.',
  'deposits.kinds.',
  'requisitions.boxes.',
  'requisitions.empty.',
  'transfers.kinds.',
  'transfers.decisions.',
  'transfers.todo.',
  'transfers.views.',
  'workOrderCodes.channel.',
  'workOrderCodes.charge.',
  'workOrderCodes.customerKind.',
  'workOrderCodes.entryKind.',
  'workOrderCodes.kind.',
  'workOrderCodes.method.',
  'workOrderCodes.mode.',
  'workOrderCodes.urgency.',
  'workOrderCodes.warrantyClass.',
  'workOrderStates.',
  'workOrders.',
  'workOrders.columns.',
  'workOrders.scopes.',
  'workOrders.steps.',
];

const spoken = spokenIn(
  sourcesIn(PRODUCT_FOLDERS).filter(({ file }) => !/^renderer\/text\/(en|zh-CN)\.ts$/.test(file)),
);

test('every text is shown by somebody', () => {
  const keys = leavesOf(en).map(([key]) => key);
  expect(keys.filter((key) => !isSpoken(key, OPENINGS, spoken))).toEqual([]);
});

test('every error code is raised by somebody, every right is asked for', () => {
  const users = sourcesIn(PRODUCT_FOLDERS).filter(
    ({ file }) => !/^(renderer\/text|domain\/access)\/|^domain\/errors/.test(file),
  );
  const { words } = spokenIn(users);
  const codes = errorCodes();
  expect([...codes, ...RIGHTS].filter((word) => !words.has(word))).toEqual([]);
});

test('every opening of a key is one the code still has', () => {
  // A report's column names the family of its texts, without the dot.
  const isThere = (opening: string) => spoken.openings.has(opening) || spoken.words.has(opening.slice(0, -1));
  expect(OPENINGS.filter((opening) => !isThere(opening))).toEqual([]);
});

test.each([
  ['today.title', true],
  ['today.nothing', false],
  ['today.found_other', true],
  ['roles.clerk', true],
  ['roles.king', false],
])('whether somebody shows %s: %s', (key, isShown) => {
  const text = "t('today.title'); t('today.found', { count }); t(`roles.${role}`); const ROLES = ['clerk'];";
  expect(isSpoken(key, ['roles.'], spokenIn([{ file: 'renderer/sample.ts', text }]))).toBe(isShown);
});

test('a missing text is noticed', () => {
  expect(missingIn({ 'work.view': 'See work' }, ['work.view', 'work.cancel'])).toEqual(['work.cancel']);
});

function errorCodes(): string[] {
  return sourcesIn(['domain'])
    .filter(({ file }) => file === 'domain/errors.ts')
    .flatMap((source) => literalsOf(source, 'ErrorCode'));
}

function missingIn(texts: string | Tree | undefined, keys: readonly string[]): string[] {
  const tree = typeof texts === 'object' ? texts : {};
  return keys.filter((key) => typeof tree[key] !== 'string');
}
