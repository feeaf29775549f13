import { LoadingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useRuns } from '#renderer/api/long-operations.tsx';
import { useText } from '#renderer/text/react.ts';
import { useAskIfUnsaved, useFormat } from '#renderer/ui/index.ts';

/** What goes on for many seconds, wherever its user is meanwhile; it leads to where it can be cancelled. */
export function RunningSign() {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const askIfUnsaved = useAskIfUnsaved();
  return useRuns().map(({ key, title, path, share }) => {
    const done = format.percent(Math.floor(share * 100) * 100);
    const text = `${t(title)} ${done}`;
    return (
      <Button
        key={key}
        type="text"
        className="mw-top-running"
        icon={<LoadingOutlined />}
        title={text}
        aria-label={text}
        onClick={() => askIfUnsaved(() => void navigate(path))}
      >
        {done}
      </Button>
    );
  });
}
