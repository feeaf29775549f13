import type { InputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';

/** The codes of an intake as choices, in the order in which they are offered. */

type Intake = InputOf<'workOrders.registerIntake'>;
export type Method = NonNullable<Intake['deposit']>['method'];

export const MODES = ['carry-in', 'on-site'] as const satisfies readonly Intake['mode'][];
const KINDS = [
  'repair',
  'installation',
  'delivery',
  'maintenance',
  'exchange',
  'return',
  'cleaning',
] as const satisfies readonly Intake['kind'][];
const CHANNELS = ['counter', 'phone', 'letter', 'email', 'fax', 'web'] as const satisfies readonly Intake['channel'][];
const URGENCIES = ['normal', 'urgent'] as const satisfies readonly Intake['urgency'][];
const WARRANTY_CLASSES = ['out', 'in', 'vendor'] as const satisfies readonly Intake['warrantyClass'][];
export const METHODS = ['cash', 'wechat', 'alipay', 'card', 'transfer'] as const satisfies readonly Method[];
const CUSTOMER_KINDS = ['person', 'dealer', 'hypermarket', 'group'] as const;

export type Option<Value extends string> = { value: Value; label: string };

const optionsOf = <Value extends string>(values: readonly Value[], label: (value: Value) => string): Option<Value>[] =>
  values.map((value) => ({ value, label: label(value) }));

export const modeOptions = (t: Translate) => optionsOf(MODES, (value) => t(`workOrderCodes.mode.${value}`));
export const kindOptions = (t: Translate) => optionsOf(KINDS, (value) => t(`workOrderCodes.kind.${value}`));
export const channelOptions = (t: Translate) => optionsOf(CHANNELS, (value) => t(`workOrderCodes.channel.${value}`));
export const urgencyOptions = (t: Translate) => optionsOf(URGENCIES, (value) => t(`workOrderCodes.urgency.${value}`));
export const warrantyOptions = (t: Translate) =>
  optionsOf(WARRANTY_CLASSES, (value) => t(`workOrderCodes.warrantyClass.${value}`));
export const methodOptions = (t: Translate) => optionsOf(METHODS, (value) => t(`workOrderCodes.method.${value}`));
export const customerKindOptions = (t: Translate) =>
  optionsOf(CUSTOMER_KINDS, (value) => t(`workOrderCodes.customerKind.${value}`));

/** The text of a code that came as plain text, such as a kind imported from elsewhere; the code itself when unknown. */
export function kindText(t: Translate, kind: string): string {
  return kindOptions(t).find((option) => option.value === kind)?.label ?? kind;
}

export function warrantyText(t: Translate, warranty: string): string {
  return warrantyOptions(t).find((option) => option.value === warranty)?.label ?? warranty;
}

export function urgencyText(t: Translate, urgency: string): string {
  return urgencyOptions(t).find((option) => option.value === urgency)?.label ?? urgency;
}
