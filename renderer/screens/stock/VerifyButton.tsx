import { SafetyCertificateOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { call, OperationFailed } from '#renderer/api/client.ts';
import { useText } from '#renderer/text/react.ts';
import { errorText, useFormat } from '#renderer/ui/index.ts';

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
      const { documentNumber, lineNo, expected, found } = difference;
      const figures = { expected: String(expected ?? '–'), found: String(found ?? '–') };
      modal.error({ title: t('stock.differs', { document: documentNumber ?? '–', line: lineNo ?? '–', ...figures }) });
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
