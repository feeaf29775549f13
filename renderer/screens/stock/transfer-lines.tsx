import { DIFFERENCES, type Difference } from '#domain/stock/transit.ts';
import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  DateText,
  type LineColumn,
  LineTable,
  MoneyText,
  QuantityText,
  type Tone,
  ToneTag,
} from '#renderer/ui/index.ts';
import { PartName } from './PartName.tsx';

/** What stands in a transfer: its lines as they left and arrived, and what was decided about the difference. */

export type Transfer = OutputOf<'transfers.get'>;
type Line = Transfer['lines'][number];

const TONES: Readonly<Record<Difference, Tone>> = { shortage: 'bad', damage: 'bad', surplus: 'special' };

export function TransferLines({ sheet: { lines, answer, outcome } }: Readonly<{ sheet: Transfer }>) {
  const t = useText();
  const columns: LineColumn<Line>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ number, name, lots }) => (
        <PartName number={number} name={name} note={lots.map(({ lot }) => lot).join(' ')} />
      ),
    },
    {
      title: t('stock.columns.quantity'),
      isNumber: true,
      render: ({ quantity, measure }) => <QuantityText value={quantity} unit={measure} />,
    },
  ];
  if (answer?.decision === 'accepted' && outcome !== 'received')
    columns.push(
      { title: t('transfers.good'), isNumber: true, render: ({ received }) => <QuantityText value={received} /> },
      { title: t('transfers.differences'), render: (line) => <OpenDifferences line={line} /> },
    );
  columns.push({
    title: t('stock.columns.cost'),
    isNumber: true,
    render: ({ value }) => <MoneyText value={value} />,
    foot: <MoneyText value={lines.reduce((sum, { value }) => sum + value, 0)} />,
  });
  return (
    <LineTable
      className="mw-document-lines"
      rows={lines}
      columns={columns}
      keyOf={({ partId }, index) => `${partId} ${index}`}
      lineNoOf={(_, index) => index + 1}
      count={t('stock.lineCount', { count: lines.length })}
    />
  );
}

/** What is still to be decided about a line, and what the receiver noted. */
function OpenDifferences({ line: { open, countNote } }: Readonly<{ line: Line }>) {
  const t = useText();
  return (
    <>
      {DIFFERENCES.filter((kind) => open[kind] > 0).map((kind) => (
        <ToneTag key={kind} tone={TONES[kind]}>
          {t(`transfers.kinds.${kind}`)} <QuantityText value={open[kind]} />
        </ToneTag>
      ))}{' '}
      <span className="mw-soft">{countNote}</span>
    </>
  );
}

export function TransferClosures({ sheet: { closures, lines } }: Readonly<{ sheet: Transfer }>) {
  const t = useText();
  const columns: readonly LineColumn<Transfer['closures'][number]>[] = [
    { title: '', render: ({ closedOn }) => <DateText value={closedOn} /> },
    { title: '', render: ({ lineNo }) => <PartName number={lines[lineNo - 1]?.number} name="" /> },
    {
      title: '',
      render: ({ kind, quantity }) => (
        <>
          {t(`transfers.kinds.${kind}`)} <QuantityText value={quantity} />
        </>
      ),
    },
    { title: '', render: ({ decision }) => t(`transfers.decisions.${decision}`) },
    { title: '', render: ({ reason }) => reason },
    {
      title: '',
      render: ({ documentNumber, transferNumber }) => (
        <span className="mw-soft">{documentNumber ?? transferNumber ?? ''}</span>
      ),
    },
    { title: '', render: ({ employee }) => <span className="mw-soft">{employee}</span> },
  ];
  return <LineTable rows={closures} columns={columns} keyOf={({ id }) => id} />;
}
