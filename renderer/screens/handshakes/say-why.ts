import { App } from 'antd';
import type { OperationFailed } from '#renderer/api/failure.ts';
import { useText } from '#renderer/text/react.ts';
import { errorText, useFormat } from '#renderer/ui/index.ts';

/** Says why an answer was refused: what the other side did meanwhile is often the reason. */
export function useSayWhy(): (error: OperationFailed) => void {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  return (error) => void message.error(errorText(t, format, error));
}
