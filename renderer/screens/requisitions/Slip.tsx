import { Button } from 'antd';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, type Fact } from '#renderer/ui/index.ts';
import '../settlement/receipt.css';
import './slip.css';

export type SlipContent = Readonly<{
  /** Of the unit whose paper it is. */
  unit: string;
  title: string;
  facts: readonly Fact[];
  /** Headings and rows; the first two columns are words, the others figures. */
  columns: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  /** As many as there are columns. */
  sums?: readonly ReactNode[];
  /** Who signs. */
  signatures: readonly string[];
}>;

type Props = Readonly<{
  slip: SlipContent;
  /** What else can be done about it. */
  actions?: ReactNode;
  onClose: () => void;
}>;

/** A document as it will be on paper. Printing takes a copy outside the window's own layout, so that nothing else is printed. */
export function SlipDialog({ slip, actions, onClose }: Props) {
  const t = useText();
  return (
    <Dialog isOpen title={slip.title} onClose={onClose} width={760}>
      <div className="mw-paper">
        <Paper slip={slip} />
      </div>
      {createPortal(
        <div className="mw-print">
          <Paper slip={slip} />
        </div>,
        document.body,
      )}
      <div className="mw-form-buttons">
        {actions}
        <Button onClick={onClose}>{t('common.close')}</Button>
        <ActionButton type="primary" hotkey="Ctrl+P" onClick={() => window.print()}>
          {t('common.print')}
        </ActionButton>
      </div>
    </Dialog>
  );
}

function Paper({ slip: { unit, title, facts, columns, rows, sums, signatures } }: Readonly<{ slip: SlipContent }>) {
  return (
    <article className="mw-receipt mw-slip">
      <h2>{unit}</h2>
      <h3>{title}</h3>
      <div className="mw-receipt-facts">
        {facts.map(({ label, value }) => (
          <div key={label}>
            <span>{label}</span>
            <b>{value}</b>
          </div>
        ))}
      </div>
      {columns.length > 0 && (
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column}>{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, index) => (
                  <td key={columns[index]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
          {sums && (
            <tfoot>
              <tr>
                {sums.map((cell, index) => (
                  <td key={columns[index]}>{cell}</td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      )}
      <footer>
        {signatures.map((signature) => (
          <span key={signature} className="mw-receipt-sign">
            {signature}:
          </span>
        ))}
      </footer>
    </article>
  );
}
