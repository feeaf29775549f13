/** The React side of the texts: one language for the whole window, remembered, switchable at any time. */
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn.js';
import { initReactI18next, useTranslation } from 'react-i18next';
import { createTexts, type Language, languageOf, type Translate } from './index.ts';

const REMEMBERED = 'mendway.language';

/** What the calendar calls them; `en` it has by itself. */
const CALENDARS: Readonly<Record<Language, string>> = { 'zh-CN': 'zh-cn', en: 'en' };

const texts = createTexts(languageOf(localStorage.getItem(REMEMBERED) ?? navigator.language));

export function initText(): void {
  texts.use(initReactI18next);
  initReactI18next.init(texts);
  texts.on('languageChanged', follow);
  follow(texts.language);
}

function follow(language: string): void {
  dayjs.locale(CALENDARS[languageOf(language)]);
  document.documentElement.lang = language;
  document.title = texts.t('app.name');
}

export function currentLanguage(): Language {
  return languageOf(texts.language);
}

export function switchLanguage(language: Language): void {
  localStorage.setItem(REMEMBERED, language);
  void texts.changeLanguage(language);
}

/** `const t = useText()`: re-renders when the language changes. */
export function useText(): Translate {
  const { t } = useTranslation(undefined, { i18n: texts, useSuspense: false });
  return t as Translate;
}

export function useLanguage(): Language {
  const { i18n } = useTranslation(undefined, { i18n: texts, useSuspense: false });
  return languageOf(i18n.language);
}
