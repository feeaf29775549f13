import { setImmediate as nextTurn } from 'node:timers/promises';
import { verifyStock, type StockDifference, type StockVerified } from '#db/repositories/stock-verify.ts';
import { EXIT, type Cli, type Verb } from '../verb.ts';

/** Works the stock ledger through from its first move, and names what isn't as it must be. */
export const stockVerify: Verb = {
  name: 'stock verify',
  usage: '[--data DIR] [--json]',
  help: 'stockVerify',
  options: {},
  async run(cli) {
    const { store } = await cli.open();
    const verified = await store.read((sql) =>
      verifyStock(sql, async (done, of) => {
        await nextTurn(); // for Ctrl-C: rows of SQLite come without the event loop having a turn
        cli.signal.throwIfAborted();
        if (done > 0) cli.progress(done / of, cli.t('cli.workingThrough', { done, of }));
      }),
    );
    cli.answer(verified, () => told(cli, verified));
    return verified.differenceCount === 0 ? EXIT.ok : EXIT.refused;
  },
};

function told({ t }: Cli, { moves, balances, differences, differenceCount }: StockVerified): string {
  if (differenceCount === 0) return t('stock.verified', { moves, balances });
  const left = differenceCount - differences.length;
  return [
    t('cli.stockDiffers', { count: differenceCount, moves, balances }),
    ...differences.map((difference) => `  ${lineOf(t, difference)}`),
    ...(left > 0 ? [t('cli.andMore', { count: left })] : []),
  ].join('\n');
}

/** Figures as they are kept: the help says their units. */
function lineOf(t: Cli['t'], difference: StockDifference): string {
  const { rule, warehouse, part, moveNo, moveId, documentNumber, lineNo, expected, found } = difference;
  const move = moveId === null ? '' : t('cli.stockMove', { moveNo: moveNo ?? '–', moveId });
  const document = lineNo === null ? '' : t('cli.stockLine', { document: documentNumber ?? '–', line: lineNo });
  const figures = t('cli.expectedFound', { expected: expected ?? '–', found: found ?? '–' });
  return [warehouse, part, move, document, t(`cli.stockRules.${rule}`), figures].filter((one) => one !== '').join('  ');
}
