import { useText } from '#renderer/text/react.ts';

export function Logo() {
  const t = useText();
  return (
    <div className="mw-logo">
      <img src="./icon.svg" alt="" width={40} height={40} />
      <div>
        <div className="mw-logo-name">{t('app.name')}</div>
        <div className="mw-soft">{t('app.slogan')}</div>
      </div>
    </div>
  );
}
