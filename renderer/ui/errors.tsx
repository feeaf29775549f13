import { Alert } from 'antd';
import type { FormInstance } from 'antd';
import type { ErrorDetails, FieldFault } from '#domain/errors.ts';
import { faultsOf, OperationFailed } from '#renderer/api/failure.ts';
import { isTextKey, type Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import type { Format } from './format.ts';
import { useFormat } from './station.tsx';

/** Details of refusals that are figures of ours, by name; anything else is shown as it comes. */
const FIGURES: Readonly<Record<string, 'quantity' | 'money' | 'percent' | 'dateTime'>> = {
  onHand: 'quantity',
  available: 'quantity',
  quantity: 'quantity',
  issued: 'quantity',
  received: 'quantity',
  named: 'quantity',
  outstanding: 'quantity',
  open: 'quantity',
  rest: 'quantity',
  held: 'quantity',
  uninspected: 'quantity',
  uncredited: 'quantity',
  price: 'money',
  sumBp: 'percent',
  amount: 'money',
  due: 'money',
  free: 'money',
  needed: 'money',
  expected: 'money',
  charges: 'money',
  until: 'dateTime',
};

/** The sentence for a failure, in the user's language. */
export function errorText(t: Translate, format: Format, error: OperationFailed): string {
  const key = `errors.${error.code}`;
  if (!isTextKey(key)) return t('errors.internal', { reference: error.code });
  return t(key, readable(format, error.details));
}

function readable(format: Format, details: ErrorDetails): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(details)) {
    if (typeof value === 'string') shown[name] = value;
    if (typeof value === 'number') shown[name] = figure(format, name, value);
  }
  return shown;
}

function figure(format: Format, name: string, value: number): string {
  const kind = FIGURES[name];
  return kind === undefined ? String(value) : format[kind](value);
}

function textOr(t: Translate, key: string, otherwise: string): string {
  return isTextKey(key) ? t(key) : otherwise;
}

/** `lines.2.quantity` → `Line 3 · Quantity`. */
export function fieldName(t: Translate, path: string): string {
  const parts = path.split('.');
  const line = parts.findLast((part) => /^\d+$/.test(part));
  const last = parts.findLast((part) => !/^\d+$/.test(part)) ?? path;
  const name = textOr(t, `fields.${last}`, last);
  return line === undefined ? name : `${t('common.line', { line: Number(line) + 1 })} · ${name}`;
}

/** What is wrong with one field, without its name. */
export function faultText(t: Translate, fault: FieldFault): string {
  const key = `fieldRules.${fault.rule}`;
  return isTextKey(key) ? t(key, fault.params) : t('fieldRules.invalid');
}

type NoticeProps = Readonly<{ error: Error | null | undefined }>;

/** The failure of an operation in words, with each faulty field by name. Nothing when there is none. */
export function ErrorNotice({ error }: NoticeProps) {
  const t = useText();
  const format = useFormat();
  if (!error) return null;
  const failure = asFailure(error);
  const faults = faultsOf(failure);
  return (
    <Alert
      type={failure.code === 'connection.lost' ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={errorText(t, format, failure)}
      description={faults.length > 0 ? <FaultList faults={faults} /> : undefined}
    />
  );
}

function FaultList({ faults }: Readonly<{ faults: readonly FieldFault[] }>) {
  const t = useText();
  return (
    <ul className="mw-faults">
      {faults.map((fault) => (
        <li key={`${fault.path} ${fault.rule}`}>
          {fieldName(t, fault.path)} {faultText(t, fault)}
        </li>
      ))}
    </ul>
  );
}

export function asFailure(error: Error): OperationFailed {
  return error instanceof OperationFailed
    ? error
    : new OperationFailed('internal', { reference: error.message }, error);
}

type FieldPath = (string | number)[];

/** Puts the faults of a refusal on the fields of an antd form and the cursor into the first of them. */
export function formErrors(t: Translate, form: FormInstance, error: OperationFailed): void {
  const faults = faultsOf(error).map((fault) => ({ name: fieldPath(fault.path), errors: [faultText(t, fault)] }));
  markFields(form, faults);
}

type FieldMark = Readonly<{ name: FieldPath; errors: string[] }>;

/** Writes faults under their fields and puts the cursor into the first that is on the form. */
export function markFields(form: FormInstance, faults: readonly FieldMark[]): void {
  form.setFields([...faults]);
  const first = faults.find(({ name }) => form.getFieldInstance(name) !== undefined);
  if (first !== undefined) form.focusField(first.name);
}

/** `lines.2.quantity` → `['lines', 2, 'quantity']`, as antd names the fields of a list. */
function fieldPath(path: string): FieldPath {
  return path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
