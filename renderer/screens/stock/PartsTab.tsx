import { App, Checkbox, Form } from 'antd';
import { useState } from 'react';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  Dialog,
  EmptyState,
  EntryForm,
  type GridColumn,
  type RowOf,
} from '#renderer/ui/index.ts';
import { PartFormFields } from './NewPartDialog.tsx';

type Row = RowOf<'stock.parts'>;
type Values = Pick<InputOf<'setup.savePart'>, 'fields'>;

/** The catalogue with what is on hand of each; whoever sets up may change it here. */
export function PartsTab() {
  const t = useText();
  const mayEdit = useMay()('setup.edit');
  const [edited, setEdited] = useState<Row | 'new'>();
  const columns: readonly GridColumn<Row>[] = [
    { key: 'number', title: t('stock.columns.partNumber'), type: 'code' },
    { key: 'name', title: t('stock.columns.part') },
    { key: 'barcode', title: t('stock.columns.barcode'), type: 'code' },
    { key: 'measure', title: t('stock.columns.measure'), width: 70 },
    { key: 'salePrice', title: t('stock.columns.salePrice'), type: 'money' },
    { key: 'onHand', title: t('stock.columns.onHand'), type: 'quantity', width: 96 },
    { key: 'isActive', title: t('stock.columns.isActive'), type: 'yesNo', isFilterable: false },
  ];
  return (
    <div className="mw-stock-tab">
      <DataGrid
        operation="stock.parts"
        columns={columns}
        rowKey="id"
        {...(mayEdit ? { onOpen: setEdited } : {})}
        empty={<EmptyState text={t('stock.partsEmptyText')} />}
        footer={
          mayEdit && (
            <ActionButton size="small" type="link" hotkey="Alt+N" onClick={() => setEdited('new')}>
              {t('stock.addPart')}
            </ActionButton>
          )
        }
      />
      {edited !== undefined && (
        <PartDialog part={edited === 'new' ? null : edited} onClose={() => setEdited(undefined)} />
      )}
    </div>
  );
}

const EMPTY = { number: '', name: '', measure: '', barcode: '', salePrice: 0, isActive: true };

function PartDialog({ part, onClose }: Readonly<{ part: Row | null; onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('setup.savePart');
  const existing = part && { id: part.id, version: part.version };
  return (
    <Dialog
      isOpen
      title={part ? t('stock.editPart', { number: part.number }) : t('stock.addPart')}
      onClose={onClose}
      width={480}
    >
      <EntryForm
        form={form}
        initialValues={{ fields: part ?? EMPTY }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ fields }) =>
          operation.mutate(
            { existing, fields: { ...fields, salePrice: fields.salePrice ?? 0 } },
            {
              onSuccess: ({ number }) => {
                void message.success(t('stock.partSaved', { number }));
                onClose();
              },
            },
          )
        }
      >
        <PartFormFields within={['fields']} />
        <Form.Item name={['fields', 'isActive']} valuePropName="checked">
          <Checkbox>{t('stock.partActive')}</Checkbox>
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
