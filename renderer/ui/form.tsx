import { Button, Form, type FormInstance } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { OperationFailed } from '#renderer/api/failure.ts';
import { useText } from '#renderer/text/react.ts';
import { discardQuestion, useDirtyGuard } from './unsaved.tsx';
import { useConfirm } from './confirm.ts';
import { ErrorNotice, formErrors, markFields } from './errors.tsx';
import { hotkeyOf, ShortcutHint, useHotkey } from './hotkeys.tsx';

const FIELDS =
  'input:not([type=hidden]):not([disabled]):not([type=radio]:not(:checked)), textarea:not([disabled]), [data-enter-stop]';

/** For a form's `onKeyDown`: Enter goes to the next field, except where Enter means something already. */
export function useEnterToNext(): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (event.key !== 'Enter' || hotkeyOf(event.nativeEvent) !== 'Enter' || event.nativeEvent.isComposing) return;
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || isChoosing(field)) return;
    event.preventDefault(); // Enter would submit the form.
    nextField(event.currentTarget, field)?.focus();
  };
}

/** For a form's `onKeyDownCapture`: Enter on a closed choice goes on, too, before the choice would open on it. Space opens it. */
function passClosedSelect(event: KeyboardEvent<HTMLElement>): void {
  const field = event.target;
  if (hotkeyOf(event.nativeEvent) !== 'Enter' || !(field instanceof HTMLInputElement)) return;
  const isClosedSelect = field.getAttribute('aria-expanded') === 'false' && field.closest('.ant-select') !== null;
  if (!isClosedSelect || field.closest('.ant-select-auto-complete') !== null) return;
  event.preventDefault();
  event.stopPropagation();
  nextField(event.currentTarget, field)?.focus();
}

/** A list hangs open under the field with an entry marked: Enter takes that entry. */
function isChoosing(field: HTMLInputElement): boolean {
  if (field.getAttribute('aria-expanded') !== 'true') return false;
  const marked = field.getAttribute('aria-activedescendant') ?? '';
  return marked !== '' && !marked.endsWith('_-1');
}

function nextField(form: HTMLElement, field: HTMLElement): HTMLElement | undefined {
  const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)].filter((candidate) => candidate.offsetParent !== null);
  return fields[fields.indexOf(field) + 1];
}

type EntryFormProps<Values extends object> = Readonly<{
  form: FormInstance<Values>;
  initialValues?: Partial<Values>;
  onSubmit: (values: Values) => void;
  /** Shows a cancel button and answers Escape; asks first when something was filled in. */
  onCancel?: () => void;
  /** Of the operation: its faults are put on the fields. */
  error: OperationFailed | null;
  isPending: boolean;
  submitText?: string;
  /** Left of cancel and save. */
  footer?: ReactNode;
  /** False: the screen has its own buttons and calls `form.submit()`. */
  hasButtons?: boolean;
  /** An overall notice of faults above the buttons; default true. */
  showNotice?: boolean;
  /** What was submitted waits for an answer of the user's, and may yet stay here. */
  isHeld?: boolean;
  onValuesChange?: (changed: Partial<Values>, all: Values) => void;
  children: ReactNode;
}>;

/** A form for the keyboard: Enter goes on, Ctrl+Enter saves, Escape leaves; nothing filled in is lost unasked. */
export function EntryForm<Values extends object>(props: EntryFormProps<Values>) {
  const { form, initialValues, onSubmit, onCancel, error, isPending, footer, children } = props;
  const t = useText();
  const [isTouched, setTouched] = useState(false);
  const [isSent, setSent] = useState(false);
  // What was sent and not refused is no longer the form's to lose.
  const isDirty = isTouched && !(isSent && error === null && props.isHeld !== true);
  const enterToNext = useEnterToNext();
  const cancel = useCancel(isDirty, onCancel);
  useDirtyGuard(isDirty);
  useHotkey('Escape', cancel, onCancel !== undefined);
  useHotkey('Ctrl+Enter', () => form.submit()); // where no field has the focus, as in a dialog just opened
  const showErrors = useEffectEvent((failure: OperationFailed) => formErrors(t, form, failure));
  useEffect(() => {
    if (error) showErrors(error);
  }, [error]);

  function submit(values: Values): void {
    const misread = pathsOfNaN(values).map((name) => ({ name, errors: [t('fieldRules.wrongFormat')] }));
    markFields(form, misread);
    if (misread.length > 0 || isPending) return;
    setSent(true);
    onSubmit(values);
  }

  function keyDown(event: KeyboardEvent<HTMLElement>): void {
    if (hotkeyOf(event.nativeEvent) !== 'Ctrl+Enter') return enterToNext(event);
    event.stopPropagation(); // A dialog that closes at once must not leave the key to the screen beneath it.
    form.submit();
  }

  return (
    <div onKeyDown={keyDown} onKeyDownCapture={passClosedSelect}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onSubmit"
        scrollToFirstError={{ focus: true, block: 'nearest' }}
        {...(initialValues === undefined ? {} : { initialValues })}
        onFinish={submit}
        onValuesChange={(changed: Partial<Values>, all) => {
          setTouched(true);
          setSent(false);
          props.onValuesChange?.(changed, all);
        }}
        onReset={() => setTouched(false)}
      >
        {children}
        {props.showNotice !== false && <ErrorNotice error={error} />}
        {props.hasButtons !== false && (
          <FormButtons
            isPending={isPending}
            submitText={props.submitText}
            onCancel={onCancel && cancel}
            extra={footer}
          />
        )}
      </Form>
    </div>
  );
}

/** Where figures were typed that are none. */
function pathsOfNaN(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (Number.isNaN(value)) return [[...path]];
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsOfNaN(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => pathsOfNaN(item, [...path, key]));
}

function useCancel(isDirty: boolean, onCancel: (() => void) | undefined): () => void {
  const t = useText();
  const confirm = useConfirm();
  return () => {
    if (onCancel === undefined) return;
    if (isDirty) confirm(discardQuestion(t, { onOk: onCancel }));
    else onCancel();
  };
}

type FormButtonsProps = Readonly<{
  isPending: boolean;
  submitText: string | undefined;
  onCancel: (() => void) | undefined;
  extra: ReactNode;
}>;

function FormButtons({ isPending, submitText, onCancel, extra }: FormButtonsProps) {
  const t = useText();
  return (
    <div className="mw-form-buttons">
      {extra}
      {onCancel !== undefined && <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      <Button type="primary" htmlType="submit" loading={isPending}>
        {submitText ?? t('common.save')}
        <ShortcutHint hotkey="Ctrl+Enter" />
      </Button>
    </div>
  );
}
