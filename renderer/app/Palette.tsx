import { KeyOutlined, LockOutlined, LogoutOutlined, TranslationOutlined } from '@ant-design/icons';
import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { normalizeSearch } from '#domain/search.ts';
import { LANGUAGE_NAMES } from '#renderer/text/index.ts';
import { switchLanguage, useLanguage, useText } from '#renderer/text/react.ts';
import { ShortcutHint, useAskIfUnsaved, useHotkeyBarrier, useSearchList } from '#renderer/ui/index.ts';
import type { Screen } from './routes.tsx';
import { useSessionActions } from './session.tsx';

type Command = Readonly<{
  key: string;
  text: string;
  group: string;
  icon: ReactNode;
  hotkey?: string | undefined;
  run: () => void;
}>;

type Props = Readonly<{ screens: readonly Screen[]; onClose: () => void; onChangePassword: () => void }>;

/** Ctrl+K: every screen and command by its name. */
export function Palette({ screens, onClose, onChangePassword }: Props) {
  const t = useText();
  const [fragment, setFragment] = useState('');
  const wanted = normalizeSearch(fragment);
  const commands = useCommands(screens, onChangePassword).filter(({ text }) => normalizeSearch(text).includes(wanted));
  const { cursor, point, restart, keyDown } = useSearchList({
    count: commands.length,
    isReady: true,
    onTake: (at) => run(commands[at]),
  });
  useHotkeyBarrier(true);

  function run(command: Command | undefined): void {
    onClose();
    command?.run();
  }

  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      width={460}
      style={{ top: 90 }}
      styles={{ container: { padding: 8 } }}
      title={null}
    >
      <Input
        autoFocus
        size="large"
        variant="borderless"
        aria-label={t('app.palette')}
        placeholder={t('app.palettePlaceholder')}
        value={fragment}
        onKeyDown={keyDown}
        onChange={(event) => {
          setFragment(event.target.value);
          restart();
        }}
      />
      <div className="mw-palette" role="listbox">
        {commands.map((command, index) => (
          <CommandRow
            key={command.key}
            command={command}
            heading={command.group === commands[index - 1]?.group ? undefined : command.group}
            isCurrent={index === cursor}
            onRun={() => run(command)}
            onPoint={() => point(index)}
          />
        ))}
        {commands.length === 0 && <div className="mw-palette-heading">{t('app.paletteNothing')}</div>}
      </div>
    </Modal>
  );
}

function useCommands(screens: readonly Screen[], onChangePassword: () => void): readonly Command[] {
  const t = useText();
  const language = useLanguage();
  const navigate = useNavigate();
  const { lock, leave } = useSessionActions();
  const askIfUnsaved = useAskIfUnsaved();
  const pages = screens.flatMap(({ path, menu }) =>
    menu === undefined
      ? []
      : [
          {
            key: path,
            text: t(`menu.${menu.text}`),
            group: t('app.paletteScreens'),
            icon: menu.icon,
            hotkey: menu.hotkey,
            run: () => void navigate(path),
          },
        ],
  );
  const group = t('app.paletteActions');
  const languages = LANGUAGE_NAMES.filter((other) => other.language !== language).map((other) => ({
    key: other.language,
    text: `${t('app.switchLanguage')}: ${other.name}`,
    group,
    icon: <TranslationOutlined />,
    run: () => switchLanguage(other.language),
  }));
  return [
    ...pages,
    ...languages,
    { key: 'password', text: t('session.changePassword'), group, icon: <KeyOutlined />, run: onChangePassword },
    { key: 'lock', text: t('session.lock'), group, icon: <LockOutlined />, run: lock },
    { key: 'leave', text: t('session.signOut'), group, icon: <LogoutOutlined />, run: () => askIfUnsaved(leave) },
  ];
}

type RowProps = Readonly<{
  command: Command;
  heading: string | undefined;
  isCurrent: boolean;
  onRun: () => void;
  onPoint: () => void;
}>;

function CommandRow({ command, heading, isCurrent, onRun, onPoint }: RowProps) {
  return (
    <>
      {heading !== undefined && <div className="mw-palette-heading">{heading}</div>}
      <div
        role="option"
        aria-selected={isCurrent}
        className={isCurrent ? 'mw-palette-row is-current' : 'mw-palette-row'}
        ref={(row) => {
          if (isCurrent) row?.scrollIntoView({ block: 'nearest' });
        }}
        onClick={onRun}
        onPointerMove={onPoint}
      >
        {command.icon}
        <span>{command.text}</span>
        {command.hotkey !== undefined && <ShortcutHint hotkey={command.hotkey} />}
      </div>
    </>
  );
}
