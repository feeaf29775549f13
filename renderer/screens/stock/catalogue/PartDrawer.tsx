import { Drawer } from 'antd';
import { useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  Facts,
  type LineColumn,
  LineTable,
  Loaded,
  MoneyText,
  Section,
  ToneTag,
} from '#renderer/ui/index.ts';
import { DrawerKeys } from '../DrawerKeys.tsx';
import { LabelsDialog } from '../labels/LabelsDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { NetworkTable } from './NetworkTable.tsx';
import { PartDialog } from './PartDialog.tsx';
import type { PartSheet } from './part-values.ts';
import { classOptions, labelOf, levelOptions } from './words.ts';

type Props = Readonly<{ id: string; onClose: () => void }>;

/** All there is to know of a part, where it lies in the company, and what can be done with it. */
export function PartDrawer({ id, onClose }: Props) {
  const query = useQueryOperation('stock.part', { id });
  const title = query.data ? `${query.data.number} ${query.data.name}` : '';
  return (
    <Drawer open size={820} onClose={onClose} title={title} keyboard={false}>
      <DrawerKeys onClose={onClose} />
      <Loaded query={query}>
        {(part) => (
          <>
            <Actions part={part} />
            <div className="mw-part-sheet">
              <Sheet part={part} />
              <NetworkTable partId={part.id} />
            </div>
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function Actions({ part }: Readonly<{ part: PartSheet }>) {
  const t = useText();
  const mayEdit = useMay()('setup.edit') && part.isOwn && part.mergedInto === null;
  const [open, setOpen] = useState<'edit' | 'merge' | 'labels'>();
  const close = () => setOpen(undefined);
  return (
    <div className="mw-drawer-actions">
      {mayEdit && (
        <>
          <ActionButton hotkey="Alt+M" onClick={() => setOpen('merge')}>
            {t('catalogue.merge')}
          </ActionButton>
          <ActionButton hotkey="Alt+E" onClick={() => setOpen('edit')}>
            {t('common.edit')}
          </ActionButton>
        </>
      )}
      <ActionButton hotkey="Ctrl+P" onClick={() => setOpen('labels')}>
        {t('labels.title')}
      </ActionButton>
      {open === 'edit' && <PartDialog part={part} onClose={close} />}
      {open === 'merge' && <MergeDialog part={part} onClose={close} />}
      {open === 'labels' && <LabelsDialog parts={[{ part, count: 1 }]} onClose={close} />}
    </div>
  );
}

function Sheet({ part }: Readonly<{ part: PartSheet }>) {
  const t = useText();
  const { lists } = part;
  const barcodes = [part.barcode, ...lists.barcodes].filter((code) => code !== '').join(' · ');
  const models = lists.models.map(({ brand, model }) => `${brand} ${model}`.trim()).join(' · ');
  return (
    <>
      <Facts
        columns={2}
        labelWidth={104}
        facts={[
          { label: t('stock.columns.name'), value: <Name part={part} /> },
          { label: t('fields.category'), value: part.category },
          { label: t('stock.columns.salePrice'), value: <MoneyText value={part.salePrice} /> },
          { label: t('stock.columns.measure'), value: part.measure },
          { label: t('fields.tracking'), value: t(`catalogue.tracking.${part.tracking}`) },
          { label: t('catalogue.oldPart'), value: <OldPart part={part} /> },
          { label: t('fields.barcodes'), value: barcodes },
          { label: t('fields.models'), value: models },
        ]}
      />
      {lists.suppliers.length > 0 && <Suppliers part={part} />}
      {lists.prices.length > 0 && <Prices part={part} />}
    </>
  );
}

function Name({ part: { name, isActive, mergedInto } }: Readonly<{ part: PartSheet }>) {
  const t = useText();
  return (
    <>
      {name}{' '}
      {mergedInto !== null ? (
        <ToneTag tone="special">{t('catalogue.mergedInto', { number: mergedInto })}</ToneTag>
      ) : (
        !isActive && <ToneTag tone="neutral">{t('catalogue.notInUse')}</ToneTag>
      )}
    </>
  );
}

function OldPart({ part: { isOldReturned, oldDueDays, oldAmount } }: Readonly<{ part: PartSheet }>) {
  const t = useText();
  if (!isOldReturned) return t('catalogue.oldKept');
  return (
    <>
      {t('catalogue.oldDue', { days: oldDueDays })} <MoneyText value={oldAmount} />
    </>
  );
}

function Suppliers({ part }: Readonly<{ part: PartSheet }>) {
  const t = useText();
  const names = new Map(part.supplierNames.map(({ id, name }) => [id, name]));
  const columns: readonly LineColumn<PartSheet['lists']['suppliers'][number]>[] = [
    {
      title: t('stock.columns.supplier'),
      render: ({ supplierId, isPreferred }) => (
        <>
          {names.get(supplierId)} {isPreferred && <ToneTag tone="good">{t('fields.isPreferred')}</ToneTag>}
        </>
      ),
    },
    { title: t('fields.supplierNumber'), render: ({ supplierNumber }) => supplierNumber },
    { title: t('fields.price'), isNumber: true, render: ({ price }) => <MoneyText value={price} /> },
    { title: t('fields.leadDays'), isNumber: true, render: ({ leadDays }) => leadDays },
  ];
  return (
    <Section title={t('fields.suppliers')}>
      <LineTable rows={part.lists.suppliers} columns={columns} keyOf={({ supplierId }) => supplierId} />
    </Section>
  );
}

function Prices({ part }: Readonly<{ part: PartSheet }>) {
  const t = useText();
  const columns: readonly LineColumn<PartSheet['lists']['prices'][number]>[] = [
    { title: t('fields.level'), render: ({ level }) => labelOf(levelOptions(t), level) },
    { title: t('fields.customerClass'), render: ({ customerClass }) => labelOf(classOptions(t), customerClass) },
    { title: t('fields.price'), isNumber: true, render: ({ price }) => <MoneyText value={price} /> },
  ];
  return (
    <Section title={t('fields.prices')}>
      <LineTable
        rows={part.lists.prices}
        columns={columns}
        keyOf={({ level, customerClass }) => `${level} ${customerClass}`}
      />
    </Section>
  );
}
