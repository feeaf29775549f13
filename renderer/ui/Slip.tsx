import { Button } from 'antd';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog } from './actions.tsx';
import { PdfButton } from './PdfButton.tsx';
import './slip.css';

type SlipDialogProps = Readonly<{
  title: string;
  /** What sets this paper apart from others of its kind, for the name of a file: a number, a period. Left out: the title does. */
  about?: string;
  onClose: () => void;
  width?: number;
  /** What can be chosen about the paper, above it. */
  head?: ReactNode;
  /** What else can be done about it. */
  actions?: ReactNode;
  /** What is shown of it on the screen, where it is too long to be shown whole. */
  excerpt?: ReactNode;
  /** False while it is being fetched: then it can't be printed yet. */
  isReady?: boolean;
  children: ReactNode;
}>;

/** A paper as it will be printed. Printing takes a copy outside the window's own layout, so that nothing else is printed. */
export function SlipDialog(props: SlipDialogProps) {
  const { title, about = '', onClose, width = 720, head, actions, excerpt, isReady = true, children } = props;
  const t = useText();
  return (
    <Dialog isOpen title={title} onClose={onClose} width={width}>
      {head !== undefined && <div className="mw-slip-head">{head}</div>}
      <div className="mw-paper">{excerpt ?? children}</div>
      {createPortal(<div className="mw-print">{children}</div>, document.body)}
      <div className="mw-form-buttons">
        {actions}
        <Button onClick={onClose}>{t('common.close')}</Button>
        <PdfButton name={`${title} ${about}`} isReady={isReady} />
        {/* Another one once it can be used: then it takes the focus. */}
        <ActionButton
          key={String(isReady)}
          autoFocus
          type="primary"
          hotkey="Ctrl+P"
          disabled={!isReady}
          onClick={() => window.print()}
        >
          {t('common.print')}
        </ActionButton>
      </div>
    </Dialog>
  );
}

/** `isBlank`: room to write in. `isShort`: words that stay on one line. */
type SlipColumn = Readonly<{ title: string; isNumber?: boolean; isBlank?: boolean; isShort?: boolean }>;

type SlipProps = Readonly<{
  /** Whose paper it is. */
  issuer: string;
  title: string;
  facts: readonly Readonly<{ label: string; value: string | null }>[];
  /** Left out: it has no lines. */
  columns?: readonly SlipColumn[];
  /** A cell for each column. */
  rows?: readonly (readonly ReactNode[])[];
  /** The last cells of the foot; what stands before them is left empty. Left out: nothing is added up. */
  sums?: readonly ReactNode[];
  /** What is said below the lines. */
  children?: ReactNode;
  /** Who signs, with the name of whoever has already. */
  signatures: readonly (string | Readonly<{ label: string; name: string }>)[];
  /** A sheet, or the roll of a till printer. */
  paper?: 'a4' | 'roll';
}>;

/** The paper of a document: head, facts, lines, sums and room to sign. */
export function Slip(props: SlipProps) {
  const { issuer, title, facts, columns = [], rows = [], sums = [], children, signatures, paper = 'a4' } = props;
  return (
    <article className={paper === 'roll' ? 'mw-slip is-roll' : 'mw-slip'}>
      <h2>{issuer}</h2>
      <h3>{title}</h3>
      <div className="mw-slip-facts">
        {facts
          .filter(({ value }) => value !== null && value !== '')
          .map(({ label, value }) => (
            <div key={label}>
              <span>{label}</span>
              <b>{value}</b>
            </div>
          ))}
      </div>
      {columns.length > 0 && <Lines columns={columns} rows={rows} sums={sums} />}
      {children}
      <footer>
        {signatures.map((signature) => {
          const { label, name } = typeof signature === 'string' ? { label: signature, name: '' } : signature;
          return (
            <span key={label}>
              {label}: {name}
            </span>
          );
        })}
      </footer>
    </article>
  );
}

type LinesProps = Required<Pick<SlipProps, 'columns' | 'rows' | 'sums'>>;

function Lines({ columns, rows, sums }: LinesProps) {
  const side = (index: number) => {
    const { isNumber, isBlank, isShort } = columns[index] ?? {};
    return isNumber ? 'is-number' : isBlank ? 'is-blank' : isShort ? 'is-short' : '';
  };
  const empty = columns.length - sums.length;
  return (
    <table>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={column.title} className={side(index)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          // A paper's lines don't move.
          <tr key={row}>
            {cells.map((cell, index) => (
              <td key={columns[index]?.title} className={side(index)}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {sums.length > 0 && (
        <tfoot>
          <tr>
            {empty > 0 && <td colSpan={empty} />}
            {sums.map((sum, index) => (
              <td key={columns[empty + index]?.title} className={side(empty + index)}>
                {sum}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
