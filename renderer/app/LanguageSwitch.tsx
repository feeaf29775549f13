import { GlobalOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { type Language, LANGUAGE_NAMES } from '#renderer/text/index.ts';
import { switchLanguage, useLanguage, useText } from '#renderer/text/react.ts';

/** Each language by its own name, so that whoever is lost finds theirs. */
export function LanguageSwitch() {
  const t = useText();
  const language = useLanguage();
  const current = LANGUAGE_NAMES.find((known) => known.language === language);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [language],
        items: LANGUAGE_NAMES.map(({ language: key, name }) => ({ key, label: name })),
        onClick: ({ key }) => switchLanguage(key as Language),
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t('app.switchLanguage')}>
        {current?.name}
      </Button>
    </Dropdown>
  );
}
