import { Button, type ButtonProps, Modal } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { useConfirm } from './confirm.ts';
import { type Hotkey, ShortcutHint, useHotkey, useHotkeyBarrier } from './hotkeys.tsx';

type ActionButtonProps = Omit<ButtonProps, 'onClick'> & Readonly<{ onClick: () => void; hotkey?: Hotkey }>;

/** A button that also answers to a key, which it shows. */
export function ActionButton({ hotkey, onClick, children, ...button }: ActionButtonProps) {
  useHotkey(hotkey, onClick, button.disabled !== true && button.loading !== true);
  return (
    <Button {...button} onClick={onClick}>
      {children}
      {hotkey !== undefined && <ShortcutHint hotkey={hotkey} />}
    </Button>
  );
}

type ConfirmButtonProps = ActionButtonProps &
  Readonly<{ question: string; consequence?: ReactNode; confirmText?: string }>;

/** A button that asks before it does what cannot simply be undone. */
export function ConfirmButton({ question, consequence, confirmText, onClick, ...button }: ConfirmButtonProps) {
  const t = useText();
  const confirm = useConfirm();
  function ask(): void {
    confirm({
      title: question,
      content: consequence,
      okText: confirmText ?? t('common.confirm'),
      okButtonProps: { danger: button.danger ?? false },
      cancelText: t('common.cancel'),
      onOk: onClick,
    });
  }
  return <ActionButton {...button} onClick={ask} />;
}

type DialogProps = Readonly<{
  isOpen: boolean;
  title: ReactNode;
  onClose: () => void;
  width?: number;
  children: ReactNode;
}>;

/** A dialog without buttons of its own: put an `EntryForm` or `DialogActions` into it. Beneath it no hotkey works. */
export function Dialog({ isOpen, title, onClose, width = 520, children }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  useFocusReturn();
  return (
    <Modal
      open={isOpen}
      title={title}
      onCancel={onClose}
      footer={null}
      width={width}
      destroyOnHidden
      keyboard={false}
      mask={{ closable: false }}
      afterOpenChange={(opened) => opened && body.current && focusFirstField(body.current)}
    >
      <DialogKeys onClose={onClose} />
      <div ref={body}>{children}</div>
    </Modal>
  );
}

/** Where the focus was when the dialog came it is again when it has gone, unless it has been put elsewhere meanwhile. */
function useFocusReturn(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    },
    [before],
  );
}

/** The next key goes into the dialog, also where no field asked for the focus. */
function focusFirstField(body: HTMLElement): void {
  if (body.contains(document.activeElement)) return;
  body.querySelector<HTMLElement>('input:not([disabled]), textarea:not([disabled]), button')?.focus();
}

// Inside the dialog, so that a form within it, mounted later, is asked about Escape first.
function DialogKeys({ onClose }: Readonly<{ onClose: () => void }>) {
  useHotkeyBarrier(true);
  useHotkey('Escape', onClose);
  return null;
}
