import { isBeforeDone } from '#domain/work-orders/states.ts';
import type { Texts, Translate } from '#renderer/text/index.ts';
import { type GridColumn, type RowOf, ToneTag } from '#renderer/ui/index.ts';
import { kindOptions, modeOptions, urgencyOptions, warrantyOptions } from './codes.ts';
import { PromiseText } from './facts.tsx';

export type OrderRow = RowOf<'workOrders.list'>;

/** All a list of work orders can show; every column filters. */
export function orderColumns(t: Translate): readonly GridColumn<OrderRow>[] {
  const title = (key: keyof Texts['workOrders']['columns']) => t(`workOrders.columns.${key}`);
  return [
    { key: 'number', title: title('number'), type: 'code', width: 178, isFixed: true },
    { key: 'state', title: title('state'), type: 'state', width: 138 },
    { key: 'receivedOn', title: title('receivedOn'), type: 'date', width: 96 },
    { key: 'customerName', title: title('customerName'), width: 92 },
    { key: 'phone', title: title('phone'), type: 'code', width: 112 },
    { key: 'category', title: title('category'), width: 84 },
    { key: 'brand', title: title('brand'), width: 76 },
    { key: 'symptom', title: title('symptom'), width: 106, grows: true },
    {
      key: 'urgency',
      title: title('urgency'),
      type: 'choice',
      width: 72,
      choices: urgencyOptions(t),
      render: ({ urgency }) => (urgency === 'urgent' ? <ToneTag tone="bad">{t('workOrders.urgent')}</ToneTag> : null),
    },
    {
      key: 'promisedAt',
      title: title('promisedAt'),
      type: 'instant',
      render: ({ promisedAt, state }) => <PromiseText at={promisedAt} isOpen={isBeforeDone(state)} />,
    },
    { key: 'technicianName', title: title('technicianName'), width: 98 },
    { key: 'mode', title: title('mode'), type: 'choice', width: 92, choices: modeOptions(t) },
    { key: 'warrantyClass', title: title('warrantyClass'), type: 'choice', width: 100, choices: warrantyOptions(t) },
    { key: 'kind', title: title('kind'), type: 'choice', width: 96, choices: kindOptions(t) },
    { key: 'model', title: title('model'), width: 120 },
    { key: 'serial', title: title('serial'), type: 'code', width: 140 },
    { key: 'appointedAt', title: title('appointedAt'), type: 'instant' },
    { key: 'completedOn', title: title('completedOn'), type: 'date' },
    { key: 'estimate', title: title('estimate'), type: 'money' },
    { key: 'stateReason', title: title('stateReason'), width: 150 },
    { key: 'storeName', title: title('storeName'), width: 150 },
  ];
}
