import { OperationFailed } from '#renderer/api/failure.ts';
import { isTextKey, type Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { DateTimeText, Dialog, ErrorNotice, Facts, fieldName, type Format, useFormat } from '#renderer/ui/index.ts';
import { type AuditRow, type ChangedField, changedFields, changeOf } from './change.ts';
import { actorText, operationText, Result } from './log-words.tsx';

/** One line of the log with what was before and after, or why it was refused. */
export function ChangeDialog({ row, onClose }: Readonly<{ row: AuditRow; onClose: () => void }>) {
  const t = useText();
  const change = changeOf(row);
  const { refusal } = change;
  const entityKey = `setup.log.entities.${row.entity}`;
  return (
    <Dialog isOpen width={720} title={t('setup.log.line', { seq: row.seq })} onClose={onClose}>
      <Facts
        labelWidth={110}
        facts={[
          { label: t('setup.columns.at'), value: <DateTimeText value={row.at} /> },
          { label: t('setup.columns.actor'), value: actorText(t, row) },
          { label: t('setup.columns.operation'), value: operationText(t, row.operation) },
          { label: t('setup.columns.result'), value: <Result row={row} /> },
          { label: t('setup.columns.entity'), value: isTextKey(entityKey) ? t(entityKey) : row.entity },
          { label: t('setup.columns.subject'), value: row.subject },
          { label: t('setup.log.entityId'), value: row.entityId },
          { label: t('setup.log.hash'), value: row.hash.slice(0, 16) },
        ]}
      />
      {refusal ? (
        <>
          <p className="mw-setup-group">{t('setup.log.reason')}</p>
          <ErrorNotice error={new OperationFailed(refusal.code, refusal.details)} />
          <Together calls={change.after} />
        </>
      ) : (
        <Difference fields={changedFields(change)} hasBefore={Object.keys(change.before).length > 0} />
      )}
    </Dialog>
  );
}

/** What came without a sign-in is told together: how often each was tried. */
function Together({ calls }: Readonly<{ calls: Readonly<Record<string, unknown>> }>) {
  const t = useText();
  const facts = Object.entries(calls).map(([name, count]) => ({ label: operationText(t, name), value: String(count) }));
  return facts.length > 0 && <Facts labelWidth={200} facts={facts} />;
}

type DifferenceProps = Readonly<{ fields: readonly ChangedField[]; hasBefore: boolean }>;

function Difference({ fields, hasBefore }: DifferenceProps) {
  const t = useText();
  const format = useFormat();
  if (fields.length === 0) return <p className="mw-soft">{t('setup.log.nothing')}</p>;
  return (
    <table className="mw-setup-diff">
      <thead>
        <tr>
          <th>{t('setup.log.field')}</th>
          {hasBefore && <th>{t('setup.log.before')}</th>}
          <th>{t('setup.log.after')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name} className={field.isChanged ? 'is-changed' : ''}>
            <th scope="row">{fieldName(t, field.name)}</th>
            {hasBefore && <td>{valueText(t, format, field.name, field.before)}</td>}
            <td>{valueText(t, format, field.name, field.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MONEY =
  /(Fee|Pay|Salary|Allowance|Price|Amount|Cost|^amount|^fee|^price|^total|^cost|^due|^estimate|^labour|^received|^value)$/;

function valueText(t: Translate, format: Format, name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (typeof value === 'number') {
    if (name.endsWith('At')) return format.dateTime(value);
    return MONEY.test(name) ? format.money(value) : String(value);
  }
  if (Array.isArray(value)) return value.map((item) => valueText(t, format, name, item)).join(' / ');
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' ? wordOf(t, name, value) : '';
}

/** Codes that have a word in every language, by the name of their field. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  roles: ['roles'],
  state: ['workOrderStates', 'organisation.contractStates'],
  kind: ['organisation.unitKinds', 'organisation.departmentKinds', 'organisation.eventKinds', 'setup.storeKinds'],
  kinds: ['workOrderCodes.kind'],
};

function wordOf(t: Translate, name: string, value: string): string {
  const key = (FAMILIES[name] ?? []).map((family) => `${family}.${value}`).find((one) => isTextKey(one));
  return key !== undefined && isTextKey(key) ? t(key) : value;
}
