import { DownOutlined, KeyOutlined, LockOutlined, LogoutOutlined, ShopOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { ShortcutHint, useAskIfUnsaved } from '#renderer/ui/index.ts';
import { GlobalSearch } from './GlobalSearch.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { RunningSign } from './RunningSign.tsx';
import { useMay, useSession, useSessionActions } from './session.tsx';
import { SyncIndicator } from './SyncIndicator.tsx';

type Props = Readonly<{ onPalette: () => void; onChangePassword: () => void }>;

export function TopBar({ onPalette, onChangePassword }: Props) {
  const t = useText();
  const may = useMay();
  const { station, isLinked } = useSession();
  return (
    <header className="mw-top">
      <span className="mw-top-station" title={`${station.code} · ${station.timeZone}`}>
        <ShopOutlined /> {station.name}
      </span>
      {may('customers.view') && <GlobalSearch />}
      <span className="mw-top-end">
        <RunningSign />
        {isLinked && <SyncIndicator />}
        <Button type="text" onClick={onPalette}>
          {t('app.palette')}
          <ShortcutHint hotkey="Ctrl+K" />
        </Button>
        <LanguageSwitch />
        <UserMenu onChangePassword={onChangePassword} />
      </span>
    </header>
  );
}

function UserMenu({ onChangePassword }: Readonly<{ onChangePassword: () => void }>) {
  const t = useText();
  const { actor } = useSession();
  const { lock, leave } = useSessionActions();
  const askIfUnsaved = useAskIfUnsaved();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: `${actor.number} · ${actor.roles.map((role) => t(`roles.${role}`)).join(' / ')}`,
          },
          { key: 'password', icon: <KeyOutlined />, label: t('session.changePassword'), onClick: onChangePassword },
          { key: 'lock', icon: <LockOutlined />, label: t('session.lock'), onClick: lock },
          { type: 'divider' },
          { key: 'leave', icon: <LogoutOutlined />, label: t('session.signOut'), onClick: () => askIfUnsaved(leave) },
        ],
      }}
    >
      <Button type="text">
        {actor.name} <DownOutlined style={{ fontSize: 10 }} />
      </Button>
    </Dropdown>
  );
}
