import type { ModalFuncProps } from 'antd';
import { useEffect, useEffectEvent, useId, useLayoutEffect } from 'react';
import { useBlocker } from 'react-router';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { useConfirm } from './confirm.ts';

// The forms with input nobody has saved yet. A router takes one guard only, so all forms share it.
const dirtyForms = new Set<string>();

/** While `isDirty`, leaving the page, signing out or closing the window asks first. */
export function useDirtyGuard(isDirty: boolean): void {
  const form = useId();
  // Before anything of it is seen: whoever presses Esc as the form closes isn't asked about what he has saved.
  useLayoutEffect(() => {
    if (!isDirty) return undefined;
    dirtyForms.add(form);
    window.addEventListener('beforeunload', holdBack);
    return () => {
      dirtyForms.delete(form);
      if (dirtyForms.size === 0) window.removeEventListener('beforeunload', holdBack);
    };
  }, [isDirty, form]);
}

function holdBack(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

type Answers = Readonly<{ onOk: () => void; onCancel?: () => void }>;

export function discardQuestion(t: Translate, answers: Answers): ModalFuncProps {
  return {
    title: t('common.unsavedTitle'),
    content: t('common.unsavedText'),
    okText: t('common.discard'),
    okButtonProps: { danger: true },
    cancelText: t('common.keepEditing'),
    focusable: { autoFocusButton: 'cancel' },
    ...answers,
  };
}

/** `ask(run)`: runs at once when nothing can be lost, else after the user agrees. */
export function useAskIfUnsaved(): (run: () => void) => void {
  const t = useText();
  const confirm = useConfirm();
  return (run) => {
    if (dirtyForms.size === 0) run();
    else confirm(discardQuestion(t, { onOk: run }));
  };
}

/** The one guard of the router: put once around the screens. */
export function UnsavedGuard() {
  const t = useText();
  const confirm = useConfirm();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirtyForms.size > 0 && currentLocation.pathname !== nextLocation.pathname,
  );
  const ask = useEffectEvent(() => {
    if (blocker.state !== 'blocked') return;
    confirm(discardQuestion(t, { onOk: blocker.proceed, onCancel: blocker.reset }));
  });
  useEffect(() => {
    if (blocker.state === 'blocked') ask();
  }, [blocker.state]);
  return null;
}
