import { CheckCircleFilled, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton } from '#renderer/ui/index.ts';
import { deviceText } from '../work-orders/facts.tsx';
import { Receipt } from './Receipt.tsx';

type Props = Readonly<{ order: Readonly<{ id: string; number: string }> }>;

/** The number just given, large enough to be read out, with its receipt ready to print. */
export function Registered({ order }: Props) {
  const t = useText();
  const navigate = useNavigate();
  const { data: page } = useQueryOperation('workOrders.get', { id: order.id }, { staleTime: 60_000 });
  const who = page?.customer?.name ?? t('intake.anonymous');
  return (
    <div className="mw-registered" role="status">
      <div>
        <CheckCircleFilled /> {t('intake.registered')}
      </div>
      <div className="mw-registered-number">{order.number}</div>
      {page && <div>{t('intake.registeredFor', { who, what: deviceText(page.device) })}</div>}
      <div className="mw-registered-actions">
        <ActionButton icon={<PrinterOutlined />} hotkey="Ctrl+P" disabled={!page} onClick={() => window.print()}>
          {t('intake.printReceipt')}
        </ActionButton>
        <Button onClick={() => void navigate(`/work-orders/${order.id}`)}>{t('intake.openOrder')}</Button>
      </div>
      {page && <Receipt page={page} />}
    </div>
  );
}
