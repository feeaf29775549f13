import { LoadingOutlined } from '@ant-design/icons';
import { Progress } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { ActionButton } from './actions.tsx';

type Props = Readonly<{
  text: string;
  /** How much of it is done, 0 to 1; undefined where nobody knows. */
  share?: number;
  onCancel: () => void;
}>;

/** In place of the button that began it: what is under way, how far it is, and a way to end it. */
export function Running({ text, share, onCancel }: Props) {
  const t = useText();
  return (
    <div className="mw-running" role="status">
      {share === undefined ? (
        <LoadingOutlined />
      ) : (
        <Progress aria-label={text} percent={Math.floor(share * 100)} size="small" status="active" />
      )}
      <span>{text}</span>
      <ActionButton hotkey="Escape" onClick={onCancel}>
        {t('common.cancel')}
      </ActionButton>
    </div>
  );
}
