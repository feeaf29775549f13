/**
 * The parts every screen is made of. To make a screen: `renderer/screens/<area>/<Name>Screen.tsx` exporting `<Name>Screen`,
 * one line in `renderer/app/routes.tsx`, its texts in `renderer/text/zh-CN.ts` and `en.ts`. Words: `const t = useText()` from
 * `#renderer/text/react.ts`. Service: `useOperation`, `useQueryOperation` from `#renderer/api/hooks.ts`. Who may: `useMay()`,
 * `useSession()` from `#renderer/app/session.tsx`. Layout classes: `mw-fields` (form grid, `style={{ '--mw-columns': 4 }}`,
 * children `is-wide`), `mw-form-buttons`, `mw-drawer-actions`, `mw-soft`, `mw-number`, `mw-nowrap`. Money is fen, quantity thousandths, shares basis points.
 *
 * Page        Page {title, extra?, actions?, isBusy?, body?: 'scroll' | 'fill', children}; Section {title, actions?, children};
 *             Facts {facts: {label, value}[], columns?, labelWidth?}
 * Lists       DataGrid {operation, columns, rowKey, onOpen?(row), onSelect?(row), input?, initial?: {filters?, sort?}, id?, refetchInterval?,
 *               footer?, empty?, hasFilters?, onAsk?({filters, sort})} for operations answering {rows, total, totals?}; stands in `<Page body="fill">`.
 *             LocalGrid {rows, columns, rowKey, totals?: {[key]: number}, height?: 'fill' | 'rows', maxRows?, id?, onShown?(rows), …the same look}
 *             LineTable {rows, columns: {title, render(row, index), isNumber?, foot?, hint?}[], keyOf, lineNoOf?, isWrong?, count?, empty?}: the lines of a
 *               document, to be read or filled in, with their sums beneath
 *             GridColumn {key, title, type?: text|code|money|quantity|count|percent|date|instant|state|choice|yesNo, width?, grows?,
 *               choices?: {value, label}[], isFilterable?, isSortable?, render?(row), isFixed?}. Keys: arrows, Enter opens, Ctrl+F filters.
 * Forms       EntryForm {form, initialValues?, onSubmit(values), onCancel?, error, isPending, submitText?, footer?, hasButtons?, showNotice?,
 *               onValuesChange?}: Enter goes on, Ctrl+Enter saves, Esc leaves; faults of `error` land on the fields by path.
 *             useEnterToNext() → onKeyDown; useDirtyGuard(isDirty); useAskIfUnsaved() → ask(run); formErrors(t, form, error)
 * Fields      (each takes id, value, onChange, disabled, placeholder, so stands in a Form.Item) MoneyInput, PercentInput: number | null;
 *             QuantityInput + unit?; DateField: 'YYYY-MM-DD' | null; InstantField: ms | null; TimeOfDayField: minutes | null; DateRangeField: {from?, to?};
 *             DictionaryField + dictionary; PhotoField: {name, mediaType, base64}[], max?; SearchField {onSearch(fragment), width?}
 * Reading     MoneyText, QuantityText + unit?, DateText, DateTimeText {value}; StateTag {state}; ToneTag {tone, children}; Timeline {entries:
 *               {key, at, title, by?, note?, tone?}[]}; useFormat() → money, amount, quantity, count, percent, date, dateTime, time, dateOf
 * Doing       ActionButton {onClick, hotkey?, …Button}; ConfirmButton + question, consequence?, confirmText?; Dialog {isOpen, title,
 *               onClose, width?, children}; useConfirm() → confirm({title, content?, okText?, onOk}), never antd's `modal.confirm` itself, beneath
 *               which hotkeys would still work; useHotkey(hotkey, run, isEnabled?); ShortcutHint {hotkey}; Running {text, share?, onCancel}
 *               in place of the button that began what takes long (`useLongOperation`)
 * Papers      SlipDialog {title, about?, onClose, width?, head?, actions?, excerpt?, isReady?, children} shows a paper, prints it or saves it as a PDF; Slip {issuer, title, facts, columns?,
 *               rows?, sums?, signatures, paper?, children?} with lines, and what is said below them.
 * States      Loaded {query, children(data)}; EmptyState {title?, text?, action?, icon?}; Loading {text?}; NoPermission {right};
 *             FailureState {error, onRetry?}; ErrorNotice {error}
 * Helpers     useSettled(value, pause?) for typing; useSearchList({count, isReady, onTake}) for a field with finds beneath it;
 *             saveFile(name, blob) gives the user a file; useTabs(tabs) → {chosen, go}, kept in the address, Alt+1 …; useToday() the station's date; useStationSettings() → {timeZone, currency}
 */
export * from './actions.tsx';
export { useConfirm } from './confirm.ts';
export * from './errors.tsx';
export * from './fields/dates.tsx';
export { MoneyInput, PercentInput, QuantityInput } from './fields/fixed.tsx';
export { type Photo, PhotoField } from './fields/PhotoField.tsx';
export { TimeOfDayField } from './fields/TimeOfDayField.tsx';
export * from './fields/words.tsx';
export * from './figures.tsx';
export * from './form.tsx';
export { createFormat, fixedFromText, type Format } from './format.ts';
export type { Choice, ColumnType, GridColumn } from './grid/columns.ts';
export { type Asked, DataGrid, type RowOf } from './grid/DataGrid.tsx';
export type { ListOperation } from './grid/use-rows.ts';
export type { ColumnFilter, Filters, Sort } from './grid/filters.ts';
export { LocalGrid } from './grid/LocalGrid.tsx';
export * from './hotkeys.tsx';
export * from './page.tsx';
export { type LineColumn, LineTable } from './LineTable.tsx';
export { QueueList, type QueueItem, Split } from './QueueList.tsx';
export { Running } from './Running.tsx';
export { saveFile } from './save-file.ts';
export { Slip, SlipDialog } from './Slip.tsx';
export * from './states.tsx';
export { useFormat, useStationSettings } from './station.tsx';
export { COLOURS, type Tone, TONES } from './theme.ts';
export * from './Timeline.tsx';
export { UnsavedGuard, useAskIfUnsaved, useDirtyGuard } from './unsaved.tsx';
export { useChosen } from './use-chosen.ts';
export { useSearchList } from './use-search-list.ts';
export { useTabs } from './use-tabs.ts';
