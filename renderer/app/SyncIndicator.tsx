import { useNavigate } from 'react-router';
import { Button } from 'antd';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { STATE_ICONS } from '../screens/sync/StatusCard.tsx';
import { indicatorText, pictureOf, toneOf } from '../screens/sync/words.ts';
import { useText } from '#renderer/text/react.ts';
import { TONES, useAskIfUnsaved } from '#renderer/ui/index.ts';

const FRESH_MS = 5000;

/** How this station stands with head office, calmly: colour only where somebody should look. */
export function SyncIndicator() {
  const t = useText();
  const navigate = useNavigate();
  const askIfUnsaved = useAskIfUnsaved();
  const { data: status } = useQueryOperation('sync.status', {}, { refetchInterval: FRESH_MS });
  if (status === undefined) return <span className="mw-top-sync" />;
  const text = indicatorText(t, status);
  return (
    <Button
      type="text"
      className="mw-top-sync"
      style={{ color: TONES[toneOf(status)].ink }}
      icon={STATE_ICONS[pictureOf(status)]}
      title={`${t('sync.title')}: ${text}`}
      onClick={() => askIfUnsaved(() => void navigate('/sync'))}
    >
      <span className="mw-top-sync-text">{text}</span>
    </Button>
  );
}
