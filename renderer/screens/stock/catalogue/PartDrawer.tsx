import { Drawer } from 'antd';
import { useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Facts, Loaded, MoneyText, Section, ToneTag } from '#renderer/ui/index.ts';
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
  return (
    <Section title={t('fields.suppliers')}>
      <table className="mw-draft">
        <thead>
          <tr>
            <th>{t('stock.columns.supplier')}</th>
            <th>{t('fields.supplierNumber')}</th>
            <th className="is-number">{t('fields.price')}</th>
            <th className="is-number">{t('fields.leadDays')}</th>
          </tr>
        </thead>
        <tbody>
          {part.lists.suppliers.map((one) => (
            <tr key={one.supplierId}>
              <td>
                {names.get(one.supplierId)}{' '}
                {one.isPreferred && <ToneTag tone="good">{t('fields.isPreferred')}</ToneTag>}
              </td>
              <td>{one.supplierNumber}</td>
              <td className="is-number">
                <MoneyText value={one.price} />
              </td>
              <td className="is-number">{one.leadDays}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Prices({ part }: Readonly<{ part: PartSheet }>) {
  const t = useText();
  return (
    <Section title={t('fields.prices')}>
      <table className="mw-draft">
        <thead>
          <tr>
            <th>{t('fields.level')}</th>
            <th>{t('fields.customerClass')}</th>
            <th className="is-number">{t('fields.price')}</th>
          </tr>
        </thead>
        <tbody>
          {part.lists.prices.map(({ level, customerClass, price }) => (
            <tr key={`${level} ${customerClass}`}>
              <td>{labelOf(levelOptions(t), level)}</td>
              <td>{labelOf(classOptions(t), customerClass)}</td>
              <td className="is-number">
                <MoneyText value={price} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
