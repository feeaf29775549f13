/**
 * The words of the suite. A leaf that also runs in Node: the command line and Excel headers take theirs from here.
 * Another language is one file like `en.ts` and one line in `LANGUAGES`.
 */
import { createInstance, type i18n } from 'i18next';
import { en } from './en.ts';
import type { TextKey, Texts, Translate } from './texts.ts';
import { zhCN } from './zh-CN.ts';

export type { TextKey, Texts, Translate };

const LANGUAGES = { 'zh-CN': zhCN, en } as const satisfies Record<string, Texts>;

export type Language = keyof typeof LANGUAGES;

const ALL = Object.keys(LANGUAGES) as Language[]; // as: an object of exactly these keys, two lines above.

export const LANGUAGE_NAMES: readonly Readonly<{ language: Language; name: string }>[] = ALL.map((language) => ({
  language,
  name: LANGUAGES[language].app.languageName,
}));

/** The language meant by a tag such as `zh_CN.UTF-8`, `en-GB` or `*`; Chinese when it means none of ours. */
export function languageOf(tag: string | null | undefined): Language {
  return ALL.find((language) => primary(language) === primary(tag ?? '')) ?? 'zh-CN';
}

/** `en` of `en-GB`, `zh` of `zh_CN.UTF-8`. */
const primary = (tag: string): string => tag.toLowerCase().split(/[-_.]/, 1)[0] ?? '';

/** An i18next instance with all languages, ready at once. */
export function createTexts(language: Language): i18n {
  const texts = createInstance();
  void texts.init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: Object.fromEntries(Object.entries(LANGUAGES).map(([tag, translation]) => [tag, { translation }])),
    interpolation: { escapeValue: false }, // React escapes; files and terminals must not.
    initAsync: false,
  });
  return texts;
}

export function createTranslator(language: Language): Translate {
  const texts = createTexts(language);
  return (key, params) => texts.t(key, params ?? {});
}

/** Whether `key`, made from data such as an error code, names a text. */
export function isTextKey(key: string): key is TextKey {
  return sharedTexts.exists(key, { lng: 'zh-CN' });
}

const sharedTexts = createTexts('zh-CN');
