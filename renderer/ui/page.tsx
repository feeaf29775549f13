import type { ReactNode } from 'react';

type PageProps = Readonly<{
  title: ReactNode;
  /** Beside the title: states, counts, a segmented choice. */
  extra?: ReactNode;
  /** At the right end of the bar: buttons, the main one last. */
  actions?: ReactNode;
  /** A thin moving line under the bar, which takes no room of its own. */
  isBusy?: boolean;
  /** `scroll`: content with a margin that scrolls. `fill`: a grid or board that fills the page and scrolls itself. */
  body?: 'scroll' | 'fill';
  children: ReactNode;
}>;

/** One screen: a bar that never moves, and its body. */
export function Page({ title, extra, actions, isBusy = false, body = 'scroll', children }: PageProps) {
  return (
    <section className="mw-page">
      <header className="mw-page-bar">
        <h1 className="mw-page-title">{title}</h1>
        <div className="mw-page-extra">{extra}</div>
        <div className="mw-page-actions">{actions}</div>
      </header>
      <div className={isBusy ? 'mw-page-progress is-busy' : 'mw-page-progress'} />
      <div className={body === 'fill' ? 'mw-page-body is-fill' : 'mw-page-body'}>{children}</div>
    </section>
  );
}

type SectionProps = Readonly<{ title: ReactNode; actions?: ReactNode; children: ReactNode }>;

/** A titled block on a page. */
export function Section({ title, actions, children }: SectionProps) {
  return (
    <section className="mw-section">
      <header className="mw-section-bar">
        <span>{title}</span>
        {actions !== undefined && <span>{actions}</span>}
      </header>
      <div className="mw-section-body">{children}</div>
    </section>
  );
}

export type Fact = Readonly<{ label: string; value: ReactNode }>;

type FactsProps = Readonly<{ facts: readonly Fact[]; columns?: number; labelWidth?: number }>;

/** Labels and values for reading; an empty value shows as a dash. */
export function Facts({ facts, columns = 2, labelWidth = 84 }: FactsProps) {
  return (
    <dl
      className="mw-facts"
      style={{ '--mw-columns': columns, '--mw-label': `${labelWidth}px` } as React.CSSProperties}
    >
      {facts.map((fact) => (
        <div className="mw-fact" key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value === '' || fact.value === null || fact.value === undefined ? '–' : fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
