import { Button } from 'antd';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog } from './actions.tsx';
import './slip.css';

type SlipDialogProps = Readonly<{ title: string; onClose: () => void; width?: number; children: ReactNode }>;

/** A paper as it will be printed. Printing takes a copy outside the window's own layout, so that nothing else is printed. */
export function SlipDialog({ title, onClose, width = 720, children }: SlipDialogProps) {
  const t = useText();
  return (
    <Dialog isOpen title={title} onClose={onClose} width={width}>
      <div className="mw-paper">{children}</div>
      {createPortal(<div className="mw-print">{children}</div>, document.body)}
      <div className="mw-form-buttons">
        <Button onClick={onClose}>{t('common.close')}</Button>
        <ActionButton autoFocus type="primary" hotkey="Ctrl+P" onClick={() => window.print()}>
          {t('common.print')}
        </ActionButton>
      </div>
    </Dialog>
  );
}

type SlipColumn = Readonly<{ title: string; isNumber?: boolean }>;

type SlipProps = Readonly<{
  /** Whose paper it is. */
  issuer: string;
  title: string;
  facts: readonly Readonly<{ label: string; value: string | null }>[];
  columns: readonly SlipColumn[];
  /** A cell for each column. */
  rows: readonly (readonly ReactNode[])[];
  /** The last cells of the foot; what stands before them is left empty. */
  sums: readonly ReactNode[];
  /** Who signs. */
  signatures: readonly string[];
}>;

/** The paper of a document with lines: head, facts, lines, sums and room to sign. */
export function Slip({ issuer, title, facts, columns, rows, sums, signatures }: SlipProps) {
  const side = (index: number) => (columns[index]?.isNumber ? 'is-number' : '');
  const empty = columns.length - sums.length;
  return (
    <article className="mw-slip">
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
      </table>
      <footer>
        {signatures.map((signature) => (
          <span key={signature}>{signature}:</span>
        ))}
      </footer>
    </article>
  );
}
