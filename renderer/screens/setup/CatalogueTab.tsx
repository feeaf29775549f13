import { App, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Right } from '#domain/access/rights.ts';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  Dialog,
  EmptyState,
  EntryForm,
  type GridColumn,
  type ListOperation,
  type RowOf,
} from '#renderer/ui/index.ts';

type SaveOperation =
  | 'setup.saveWorkType'
  | 'setup.saveWarehouse'
  | 'setup.saveSupplier'
  | 'setup.saveStore'
  | 'payroll.saveItem';
type Existing = Readonly<{ id: string; version: number; name: string }>;
type Fields<S extends SaveOperation> = InputOf<S>['fields'];

type CatalogueProps<L extends ListOperation, S extends SaveOperation> = Readonly<{
  list: L;
  save: S;
  columns: readonly GridColumn<RowOf<L>>[];
  addText: string;
  emptyText: string;
  /** Whose row is kept in another unit's database is read here and changed there; left out, all are ours. */
  isOwn?: (row: RowOf<L>) => boolean;
  /** Head office keeps the list for the whole company: a station that belongs to one only reads it. */
  isCompanyWide?: true;
  /** Who may change it; left out, whoever may change the set-up. */
  right?: Right;
  /** What a new one begins with; of an existing one, the same fields are changed. */
  empty: Fields<S>;
  /** The form's items, named `['fields', …]`. */
  children: ReactNode;
}>;

/** One list of the set-up: seen by all who see it, changed by those who may. */
export function CatalogueTab<L extends ListOperation, S extends SaveOperation>(props: CatalogueProps<L, S>) {
  const { list, save, columns, addText, emptyText, empty, isOwn = () => true, right = 'setup.edit', children } = props;
  const isKeptElsewhere = useSession().isLinked && props.isCompanyWide === true;
  const mayEdit = useMay()(right) && !isKeptElsewhere;
  const t = useText();
  const [edited, setEdited] = useState<RowOf<L> | 'new'>();
  return (
    <>
      <DataGrid
        operation={list}
        columns={columns}
        rowKey={'id' as keyof RowOf<L> & string}
        {...(mayEdit ? { onOpen: (row: RowOf<L>) => isOwn(row) && setEdited(row) } : {})}
        empty={<EmptyState text={emptyText} />}
        footer={
          isKeptElsewhere ? (
            <span className="mw-soft">{t('setup.keptByHeadOffice')}</span>
          ) : (
            mayEdit && (
              <ActionButton size="small" type="link" hotkey="Alt+N" onClick={() => setEdited('new')}>
                {addText}
              </ActionButton>
            )
          )
        }
      />
      {edited !== undefined && (
        <CatalogueDialog
          save={save}
          existing={edited === 'new' ? null : (edited as Existing)}
          addText={addText}
          empty={empty}
          onClose={() => setEdited(undefined)}
        >
          {children}
        </CatalogueDialog>
      )}
    </>
  );
}

type DialogProps<S extends SaveOperation> = Readonly<{
  save: S;
  existing: Existing | null;
  addText: string;
  empty: Fields<S>;
  onClose: () => void;
  children: ReactNode;
}>;

function CatalogueDialog<S extends SaveOperation>(props: DialogProps<S>) {
  const { save, existing, addText, empty, onClose, children } = props;
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ fields: Fields<S> }>();
  const operation = useOperation(save);

  function submit({ fields }: { fields: Fields<S> }): void {
    const input = {
      existing: existing && { id: existing.id, version: existing.version },
      fields: filled(fields, empty),
    };
    operation.mutate(input as InputOf<S>, {
      onSuccess: () => {
        void message.success(t('setup.saved', { name: fields.name }));
        onClose();
      },
    });
  }

  return (
    <Dialog
      isOpen
      width={480}
      title={existing ? t('setup.editTitle', { name: existing.name }) : addText}
      onClose={onClose}
    >
      <EntryForm
        form={form}
        initialValues={{ fields: existing ? filled(existing as unknown as Fields<S>, empty) : empty }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={submit}
      >
        {children}
      </EntryForm>
    </Dialog>
  );
}

/** The fields there are, each with a value: a figure left empty is what a new one begins with. */
function filled<F extends object>(fields: F, empty: F): F {
  const keys = Object.keys(empty) as (keyof F)[];
  return Object.fromEntries(keys.map((key) => [key, fields[key] ?? empty[key]])) as F;
}
