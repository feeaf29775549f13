import { SafetyCertificateOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { call, OperationFailed } from '#renderer/api/client.ts';
import { useText } from '#renderer/text/react.ts';
import { errorText, Facts, type Format, useFormat } from '#renderer/ui/index.ts';

/** Works the whole ledger through again, and says whether the books are right. */
export function VerifyButton() {
  const t = useText();
  const format = useFormat();
  const { message, modal } = App.useApp();
  const [isBusy, setBusy] = useState(false);

  async function verify(): Promise<void> {
    setBusy(true);
    try {
      const { moves, balances, difference } = await call('stock.verify', {});
      if (difference === null) {
        const counted = { moves: format.count(moves), balances: format.count(balances) };
        void message.success(t('stock.verified', counted));
        return;
      }
      modal.error({ title: t('verify.title'), content: <Difference difference={difference} />, width: 560 });
    } catch (error) {
      if (!(error instanceof OperationFailed)) throw error;
      void message.error(errorText(t, format, error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button icon={<SafetyCertificateOutlined />} loading={isBusy} onClick={() => void verify()}>
      {t('stock.verify')}
    </Button>
  );
}

type Found = NonNullable<OutputOf<'stock.verify'>['difference']>;

/** Where it is, which rule is broken, and what the figure should be. */
function Difference({ difference }: Readonly<{ difference: Found }>) {
  const t = useText();
  const format = useFormat();
  const { rule, warehouse, part, documentNumber, lineNo, expected, found } = difference;
  const document =
    documentNumber === null
      ? []
      : [{ label: t('verify.document'), value: t('verify.line', { document: documentNumber, line: lineNo ?? '–' }) }];
  return (
    <Facts
      columns={1}
      labelWidth={84}
      facts={[
        { label: t('stock.columns.part'), value: part },
        { label: t('stock.columns.warehouse'), value: warehouse },
        ...document,
        { label: t('verify.rule'), value: t(`cli.stockRules.${rule}`) },
        { label: t('verify.expected'), value: figureText(format, rule, expected) },
        { label: t('verify.found'), value: figureText(format, rule, found) },
      ]}
    />
  );
}

const QUANTITIES: ReadonlySet<Found['rule']> = new Set(['quantity-below-zero', 'balance-quantity', 'line-quantity']);
const AMOUNTS: ReadonlySet<Found['rule']> = new Set([
  'move-value',
  'value-below-zero',
  'value-without-quantity',
  'balance-value',
  'line-cost',
]);

/** Counts, numbers of moves, codes of units and kinds of documents as they are. */
function figureText(format: Format, rule: Found['rule'], figure: Found['expected']): string {
  if (typeof figure === 'number' && QUANTITIES.has(rule)) return format.quantity(figure);
  if (typeof figure === 'number' && AMOUNTS.has(rule)) return format.money(figure);
  return String(figure ?? '–');
}
