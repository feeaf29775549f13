import { App, Form, Input } from 'antd';
import { useState } from 'react';
import type { InputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, Loaded, QuantityInput } from '#renderer/ui/index.ts';
import type { PartFound } from '../draft-lines.ts';
import { PartPicker } from '../PartPicker.tsx';
import { type StockChoices, usualWarehouse, WarehouseField, WithWarehouses } from '../StockForm.tsx';

/** The part and warehouse it is about; left out, both are asked for. */
export type PlaceOf = Readonly<{ partId: string; warehouseId: string; part: string; warehouse: string }>;
type Values = Pick<InputOf<'stock.savePlace'>, 'bin' | 'minQuantity' | 'maxQuantity'>;

type Props = Readonly<{ of?: PlaceOf; onClose: () => void }>;

/** In which bin a part lies, and how much of it should lie there. */
export function PlaceDialog({ of, onClose }: Props) {
  const t = useText();
  const title = of ? `${of.part} · ${of.warehouse}` : t('availability.place');
  return (
    <Dialog isOpen title={title} onClose={onClose} width={520}>
      {of ? (
        <PlaceForm of={of} onClose={onClose} />
      ) : (
        <WithWarehouses>{(choices) => <AnyPlace choices={choices} onClose={onClose} />}</WithWarehouses>
      )}
    </Dialog>
  );
}

function AnyPlace({ choices, onClose }: Readonly<{ choices: StockChoices; onClose: () => void }>) {
  const t = useText();
  const [warehouseId, setWarehouseId] = useState(usualWarehouse(choices));
  const [part, setPart] = useState<PartFound | null>(null);
  return (
    <>
      <div className="mw-place-pick">
        <WarehouseField
          aria-label={t('stock.warehouse')}
          warehouses={choices.warehouses}
          value={warehouseId}
          onChange={setWarehouseId}
        />
        <PartPicker
          autoFocus
          warehouseId={warehouseId}
          chosen={part}
          onChoose={setPart}
          onForget={() => setPart(null)}
        />
      </div>
      {part && (
        <PlaceForm
          key={`${warehouseId} ${part.id}`}
          of={{ partId: part.id, warehouseId, part: part.number, warehouse: '' }}
          onClose={onClose}
        />
      )}
    </>
  );
}

function PlaceForm({ of: { partId, warehouseId, part }, onClose }: Readonly<{ of: PlaceOf; onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const query = useQueryOperation('stock.place', { partId, warehouseId });
  const operation = useOperation('stock.savePlace');
  return (
    <Loaded query={query}>
      {({ version, ...place }) => (
        <EntryForm
          form={form}
          initialValues={place}
          error={operation.error}
          isPending={operation.isPending}
          onCancel={onClose}
          onSubmit={({ bin = '', minQuantity, maxQuantity }) =>
            operation.mutate(
              { partId, warehouseId, version, bin, minQuantity: minQuantity ?? 0, maxQuantity: maxQuantity ?? 0 },
              {
                onSuccess: () => {
                  void message.success(t('availability.placeSaved', { number: part }));
                  onClose();
                },
              },
            )
          }
        >
          <div className="mw-fields" style={{ '--mw-columns': 3 } as React.CSSProperties}>
            <Form.Item name="bin" label={t('fields.bin')}>
              <Input autoFocus maxLength={40} autoComplete="off" />
            </Form.Item>
            <Form.Item name="minQuantity" label={t('fields.minQuantity')}>
              <QuantityInput />
            </Form.Item>
            <Form.Item name="maxQuantity" label={t('fields.maxQuantity')}>
              <QuantityInput />
            </Form.Item>
          </div>
        </EntryForm>
      )}
    </Loaded>
  );
}
