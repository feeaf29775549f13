import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { NavLink } from 'react-router';
import { useText } from '#renderer/text/react.ts';
import type { Screen } from './routes.tsx';

const REMEMBERED = 'mendway.menu';

export function SideMenu({ screens }: Readonly<{ screens: readonly Screen[] }>) {
  const t = useText();
  const [isNarrow, setNarrow] = useState(() => localStorage.getItem(REMEMBERED) === 'narrow');

  function toggle(): void {
    localStorage.setItem(REMEMBERED, isNarrow ? 'wide' : 'narrow');
    setNarrow(!isNarrow);
  }

  return (
    <nav className={isNarrow ? 'mw-menu is-narrow' : 'mw-menu'}>
      <div className="mw-menu-head">
        <img src="./icon.svg" alt="" width={22} height={22} />
        <span className="mw-menu-text">{t('app.name')}</span>
      </div>
      <div className="mw-menu-entries">
        {screens.map(({ path, menu }) =>
          menu === undefined ? null : (
            <NavLink
              key={path}
              to={path}
              end={path === '/'}
              className="mw-menu-entry"
              title={isNarrow ? t(`menu.${menu.text}`) : undefined}
            >
              {menu.icon}
              <span className="mw-menu-text">{t(`menu.${menu.text}`)}</span>
              {menu.hotkey !== undefined && <span className="mw-menu-key">{menu.hotkey}</span>}
            </NavLink>
          ),
        )}
      </div>
      <button
        type="button"
        className="mw-menu-entry mw-menu-toggle"
        onClick={toggle}
        aria-label={isNarrow ? t('app.expandMenu') : t('app.collapseMenu')}
      >
        {isNarrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        <span className="mw-menu-text">{t('app.collapseMenu')}</span>
      </button>
    </nav>
  );
}
