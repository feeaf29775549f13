import { type ReactNode, useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, EmptyState, Loaded, Page, Section, ToneTag, useFormat } from '#renderer/ui/index.ts';
import { TermsDialog } from './TermsDialog.tsx';
import { type Published, termsSentences } from './terms-values.ts';
import './payroll.css';

type Answer = OutputOf<'payroll.terms'>;

/** What is the same for everybody's pay, as sentences: what is to come, what is in force, and everything before. */
export function Terms({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const terms = useQueryOperation('payroll.terms', {});
  const { isLinked } = useSession();
  const mayChange = useMay()('payroll.rules') && !isLinked;
  const [isAdding, setAdding] = useState(false);
  const actions = mayChange && (
    <ActionButton type="primary" hotkey="Alt+N" onClick={() => setAdding(true)}>
      {t('payroll.terms.publish')}
    </ActionButton>
  );
  return (
    <Page title={t('payroll.title')} extra={extra} isBusy={terms.isFetching} actions={actions}>
      <Loaded query={terms}>
        {(answer) => (
          <>
            <p className="mw-soft mw-rules-note">{t(isLinked ? 'setup.keptByHeadOffice' : 'payroll.terms.note')}</p>
            {answer.rows.length === 0 && (
              <EmptyState title={t('payroll.terms.emptyTitle')} text={t('payroll.terms.emptyText')} />
            )}
            {answer.rows.map((row) => (
              <TermsSection key={row.id} row={row} answer={answer} />
            ))}
            {isAdding && <TermsDialog latest={answer.rows[0]?.terms} onClose={() => setAdding(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function TermsSection({ row, answer }: Readonly<{ row: Published; answer: Answer }>) {
  const t = useText();
  const format = useFormat();
  const state = stateOf(row, answer);
  const by = t('payroll.terms.by', { by: row.by ?? '–', at: format.dateTime(row.createdAt) });
  return (
    <Section
      title={
        <>
          {t('payroll.terms.from', { from: row.validFrom })}
          <span className="mw-terms-state">
            <ToneTag tone={TONES[state]}>{t(`payroll.terms.${state}`)}</ToneTag>
          </span>
        </>
      }
      actions={<span className="mw-soft mw-terms-by">{by}</span>}
    >
      <ul className={state === 'replaced' ? 'mw-terms mw-soft' : 'mw-terms'}>
        {termsSentences(t, format, row.terms).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}

const TONES = { inForce: 'good', toCome: 'waiting', replaced: 'quiet' } as const;

/** The rows come with what counts most first; of several from one date the first counts. */
function stateOf({ id, validFrom }: Published, { rows, today, inForceId }: Answer): keyof typeof TONES {
  if (id === inForceId) return 'inForce';
  const isFirst = rows.find((row) => row.validFrom === validFrom)?.id === id;
  return validFrom > today && isFirst ? 'toCome' : 'replaced';
}
