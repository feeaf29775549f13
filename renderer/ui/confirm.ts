import { App, type ModalFuncProps } from 'antd';
import { raiseHotkeyBarrier } from './hotkeys.tsx';

/** `confirm({ title, content?, okText?, onOk, … })` asks; while it does, no hotkey reaches what lies beneath. */
export function useConfirm(): (question: ModalFuncProps) => void {
  const { modal } = App.useApp();
  return (question) => {
    const dropBarrier = raiseHotkeyBarrier();
    // Not before the key that asks has been dealt with: the window hears Escape a second time, and would answer with it.
    setTimeout(() => modal.confirm({ ...question, afterClose: dropBarrier }));
  };
}
