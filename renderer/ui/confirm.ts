import { App, type ModalFuncProps } from 'antd';
import { raiseHotkeyBarrier } from './hotkeys.tsx';

/** `confirm({ title, content?, okText?, onOk, … })` asks; while it does, no hotkey reaches what lies beneath. */
export function useConfirm(): (question: ModalFuncProps) => void {
  const { modal } = App.useApp();
  return (question) => {
    const dropBarrier = raiseHotkeyBarrier();
    modal.confirm({ ...question, afterClose: dropBarrier });
  };
}
