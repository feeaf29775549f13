import type { MenuItemConstructorOptions } from 'electron';
import type { Translate } from '#renderer/text/index.ts';

type MenuOptions = Readonly<{ isMac: boolean; isDevelopment: boolean }>;

/** The window's menu. Reloading and looking inside are for developers: a reload would cost a half-filled form. */
export function menuTemplate(t: Translate, { isMac, isDevelopment }: MenuOptions): MenuItemConstructorOptions[] {
  const quit: MenuItemConstructorOptions = { role: 'quit', label: t('desktop.menu.quit') };
  const about: MenuItemConstructorOptions = { role: 'about', label: t('desktop.menu.about') };
  return [
    { label: isMac ? t('app.name') : t('desktop.menu.file'), submenu: isMac ? [about, separator, quit] : [quit] },
    { label: t('desktop.menu.edit'), submenu: editItems(t) },
    { label: t('desktop.menu.view'), submenu: [...viewItems(t), ...(isDevelopment ? developerItems(t) : [])] },
    ...(isMac ? [] : [{ label: t('desktop.menu.help'), submenu: [about] }]),
  ];
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

function editItems(t: Translate): MenuItemConstructorOptions[] {
  return [
    { role: 'undo', label: t('desktop.menu.undo') },
    { role: 'redo', label: t('desktop.menu.redo') },
    separator,
    { role: 'cut', label: t('desktop.menu.cut') },
    { role: 'copy', label: t('desktop.menu.copy') },
    { role: 'paste', label: t('desktop.menu.paste') },
    { role: 'selectAll', label: t('desktop.menu.selectAll') },
  ];
}

function viewItems(t: Translate): MenuItemConstructorOptions[] {
  return [
    { role: 'resetZoom', label: t('desktop.menu.resetZoom') },
    { role: 'zoomIn', label: t('desktop.menu.zoomIn') },
    { role: 'zoomOut', label: t('desktop.menu.zoomOut') },
    separator,
    { role: 'togglefullscreen', label: t('desktop.menu.fullScreen') },
  ];
}

function developerItems(t: Translate): MenuItemConstructorOptions[] {
  return [
    separator,
    { role: 'reload', label: t('desktop.menu.reload') },
    { role: 'toggleDevTools', label: t('desktop.menu.developerTools') },
  ];
}
