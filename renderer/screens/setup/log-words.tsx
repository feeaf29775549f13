import { isTextKey, type Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { ToneTag } from '#renderer/ui/index.ts';
import { type AuditRow, changeOf } from './change.ts';

/** How a line of the log reads: who, what, and whether it was done. */

export function Result({ row }: Readonly<{ row: AuditRow }>) {
  const t = useText();
  return changeOf(row).refusal === undefined ? (
    <ToneTag tone="good">{t('setup.log.done')}</ToneTag>
  ) : (
    <ToneTag tone="bad">{t('setup.log.refused')}</ToneTag>
  );
}

type Actor = Pick<AuditRow, 'actorId' | 'actorName'>;

export function actorText(t: Translate, { actorId, actorName }: Actor): string {
  if (actorId === 'command-line') return t('setup.log.commandLine');
  return actorName === '' ? t('setup.log.nobody') : actorName;
}

/** An operation of a later version keeps its own name. */
export function operationText(t: Translate, operation: string): string {
  const key = `setup.log.operations.${operation}`;
  return isTextKey(key) ? t(key) : operation;
}
