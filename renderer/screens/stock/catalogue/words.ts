import { CUSTOMER_CLASSES } from '#domain/stock/prices.ts';
import { TRACKINGS } from '#domain/stock/lots.ts';
import { UNIT_KINDS } from '#domain/organisation/kinds.ts';
import type { Translate } from '#renderer/text/index.ts';
import type { Choice } from '#renderer/ui/index.ts';

/** Codes of the catalogue as choices. */

export const trackingOptions = (t: Translate): Choice[] =>
  TRACKINGS.map((value) => ({ value, label: t(`catalogue.tracking.${value}`) }));

export const classOptions = (t: Translate): Choice[] => [
  { value: '', label: t('catalogue.anybody') },
  ...CUSTOMER_CLASSES.map((value) => ({ value, label: t(`catalogue.classes.${value}`) })),
];

export const levelOptions = (t: Translate): Choice[] => [
  { value: '', label: t('catalogue.anyLevel') },
  ...UNIT_KINDS.map((value) => ({ value, label: t(`organisation.unitKinds.${value}`) })),
];

export const labelOf = (choices: readonly Choice[], value: string): string =>
  choices.find((one) => one.value === value)?.label ?? value;
