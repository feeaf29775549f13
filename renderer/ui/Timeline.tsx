import type { CSSProperties, ReactNode } from 'react';
import { DateTimeText } from './figures.tsx';
import { type Tone, TONES } from './theme.ts';

export type TimelineEntry = Readonly<{
  key: string;
  /** milliseconds UTC */
  at: number;
  title: ReactNode;
  by?: string | null;
  note?: ReactNode;
  tone?: Tone;
}>;

/** What happened, in the order given. */
export function Timeline({ entries }: Readonly<{ entries: readonly TimelineEntry[] }>) {
  return (
    <ol className="mw-timeline">
      {entries.map((entry) => (
        <li key={entry.key} style={{ '--mw-dot': TONES[entry.tone ?? 'quiet'].ink } as CSSProperties}>
          <div className="mw-timeline-head">
            <span>{entry.title}</span>
            <span className="mw-soft">{entry.by}</span>
            <span className="mw-timeline-when">
              <DateTimeText value={entry.at} />
            </span>
          </div>
          {entry.note ? <div className="mw-timeline-note">{entry.note}</div> : null}
        </li>
      ))}
    </ol>
  );
}
