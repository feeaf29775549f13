import { Button } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { isTextKey, type Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { DateTimeText, fieldName, LineTable, Section } from '#renderer/ui/index.ts';
import { CustomerDialog } from './CustomerDialog.tsx';
import type { CustomerDevice, CustomerPage } from './CustomerScreen.tsx';
import { DeviceDialog } from './DeviceDialog.tsx';

type Earlier = OutputOf<'customers.history'>['values'][number];
type Written = Earlier['lost'];

type Restored =
  | Readonly<{ kind: 'customer'; customer: CustomerPage['customer'] }>
  | Readonly<{ kind: 'device'; device: CustomerDevice }>;

/** Where two stations wrote into the same field at once, the value that did not stay can be read, and taken back. */
export function EarlierValues({ page }: Readonly<{ page: CustomerPage }>) {
  const t = useText();
  const may = useMay();
  const query = useQueryOperation('customers.history', { id: page.customer.id });
  const [restored, setRestored] = useState<Restored>();
  const values = query.data?.values ?? [];
  if (values.length === 0) return null;
  const action = (earlier: Earlier) => {
    const found = may('customers.edit') ? restoredBy(page, earlier) : undefined;
    if (!found) return null;
    return (
      <Button type="link" size="small" onClick={() => setRestored(found)}>
        {t('customers.earlier.takeBack')}
      </Button>
    );
  };
  return (
    <Section title={t('customers.earlier.title')}>
      <p className="mw-soft">{t('customers.earlier.note')}</p>
      <LineTable
        rows={values}
        keyOf={({ id }) => id}
        empty=""
        columns={[
          { title: t('customers.earlier.field'), render: (earlier) => <Field earlier={earlier} /> },
          { title: t('customers.earlier.lost'), render: ({ field, lost }) => <Value field={field} written={lost} /> },
          { title: t('customers.earlier.kept'), render: ({ field, kept }) => <Value field={field} written={kept} /> },
          { title: t('customers.earlier.at'), render: ({ at }) => <DateTimeText value={at} /> },
          { title: '', isNumber: true, render: action },
        ]}
      />
      {restored?.kind === 'customer' && (
        <CustomerDialog customer={restored.customer} onClose={() => setRestored(undefined)} />
      )}
      {restored?.kind === 'device' && (
        <DeviceDialog customerId={page.customer.id} device={restored.device} onClose={() => setRestored(undefined)} />
      )}
    </Section>
  );
}

function Field({ earlier }: Readonly<{ earlier: Earlier }>) {
  const t = useText();
  const { field, device } = earlier;
  return (
    <>
      {fieldName(t, camelCase(field))} {device !== null && <span className="mw-soft">{device}</span>}
    </>
  );
}

function Value({ field, written }: Readonly<{ field: string; written: Written }>) {
  const t = useText();
  const { setBy, setAt } = written;
  return (
    <>
      {valueText(t, field, written)}
      <div className="mw-soft">
        {setBy === '' ? t('customers.earlier.elsewhere') : setBy} · <DateTimeText value={setAt} />
      </div>
    </>
  );
}

function valueText(t: Translate, field: string, { value }: Written): string {
  if (value === null || value === '') return '–';
  const key = `workOrderCodes.customerKind.${value}`;
  if (field === 'kind' && isTextKey(key)) return t(key);
  return field === 'customer_id' ? t('customers.earlier.otherCustomer') : String(value);
}

/** What was lost, filled into the form of what it belonged to; nothing if it stands there again, or can't be typed. */
function restoredBy({ customer, devices }: CustomerPage, earlier: Earlier): Restored | undefined {
  const { tableName, rowId, lost } = earlier;
  const field = camelCase(earlier.field);
  const put = <Row extends object>(row: Row | undefined): Row | undefined =>
    row && field in row && field !== 'customerId' && valueIn(row, field) !== lost.value
      ? { ...row, [field]: lost.value }
      : undefined;
  if (tableName === 'customers') {
    const changed = put(customer);
    return changed && { kind: 'customer', customer: changed };
  }
  const device = put(devices.find(({ id }) => id === rowId));
  return device && { kind: 'device', device };
}

const valueIn = (row: object, field: string): unknown => Object.entries(row).find(([key]) => key === field)?.[1];

const camelCase = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
