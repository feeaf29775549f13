import type { Translate } from '#renderer/text/index.ts';
import type { GridColumn, RowOf } from '#renderer/ui/index.ts';
import { StandingTag, standingOptions } from './standing.tsx';

export type HandshakeRow = RowOf<'referrals.inbox'>;

/** @param box what others ask of this unit, or it of them: the other one stands in the list */
export function handshakeColumns(t: Translate, box: 'in' | 'out'): readonly GridColumn<HandshakeRow>[] {
  return [
    {
      key: 'state',
      title: t('handshakes.state'),
      type: 'choice',
      width: 112,
      choices: standingOptions(t),
      render: (row) => <StandingTag {...row} />,
    },
    box === 'in'
      ? { key: 'unit', title: t('handshakes.from'), width: 148 }
      : { key: 'toUnit', title: t('handshakes.to'), width: 148 },
    { key: 'subject', title: t('handshakes.subject'), grows: true },
    { key: 'note', title: t('stock.note'), width: 150 },
    { key: 'requestedOn', title: t('handshakes.requestedOn'), type: 'date', width: 104 },
    { key: 'number', title: t('handshakes.number'), type: 'code', width: 172 },
    {
      key: 'theirWorkOrder',
      title: t(box === 'in' ? 'handshakes.ourWorkOrder' : 'handshakes.workOrder'),
      type: 'code',
      width: 176,
    },
    { key: 'reason', title: t('handshakes.reason'), width: 130 },
  ];
}
