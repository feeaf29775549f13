import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '#renderer/text/react.ts';
import { type Tone, TONES, useFormat } from '#renderer/ui/index.ts';

type Row = Readonly<{ key: string; content: ReactNode; path: string | undefined }>;

type Props = Readonly<{ title: string; count: number; tone: Tone; path: string; rows: readonly Row[] }>;

/** One kind of thing that waits: how much, and the first few. */
export function WaitingCard({ title, count, tone, path, rows }: Props) {
  const t = useText();
  const format = useFormat();
  return (
    <section className="mw-waiting" aria-label={title}>
      <header>
        <Link to={path}>{title}</Link>
        <span className="mw-waiting-count" style={{ color: TONES[tone].ink }}>
          {format.count(count)}
        </span>
      </header>
      {rows.map((row) =>
        row.path === undefined ? (
          <div key={row.key} className="mw-waiting-row">
            {row.content}
          </div>
        ) : (
          <Link key={row.key} className="mw-waiting-row" to={row.path}>
            {row.content}
          </Link>
        ),
      )}
      {count > rows.length && (
        <Link className="mw-waiting-all" to={path}>
          {t('today.showAll', { total: format.count(count) })}
        </Link>
      )}
    </section>
  );
}
