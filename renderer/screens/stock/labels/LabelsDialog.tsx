import { DeleteOutlined } from '@ant-design/icons';
import { Button, InputNumber, Segmented } from 'antd';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog } from '#renderer/ui/index.ts';
import { PartPicker } from '../PartPicker.tsx';
import '../../settlement/receipt.css'; // the rules of what is printed: nothing but the paper
import { type Labelled, type LabelledPart, type Paper, PAPERS, PartLabels } from './PartLabels.tsx';

export const MOST_LABELS = 500; // of one part

type Props = Readonly<{ parts: readonly Labelled[]; onClose: () => void }>;

/** Labels with a barcode, as many of each part as are wanted; further parts are typed or scanned. */
export function LabelsDialog({ parts, onClose }: Props) {
  const t = useText();
  const [labels, setLabels] = useState(parts);
  const [paper, setPaper] = useState<Paper>('roll');
  const total = labels.reduce((sum, { count }) => sum + count, 0);

  const setCount = (id: string, count: number) =>
    setLabels((before) => before.map((one) => (one.part.id === id ? { ...one, count } : one)));
  const drop = (id: string) => setLabels((before) => before.filter(({ part }) => part.id !== id));

  /** Scanned once more, it gets one label more. */
  function add(part: LabelledPart): void {
    const known = labels.find((one) => one.part.id === part.id);
    if (known) setCount(part.id, Math.min(MOST_LABELS, known.count + 1));
    else setLabels([...labels, { part, count: 1 }]);
  }

  return (
    <Dialog isOpen title={t('labels.title')} onClose={onClose} width={760}>
      <div className="mw-labels-bar">
        <PartPicker
          autoFocus={parts.length === 0}
          warehouseId={null}
          chosen={null}
          onChoose={add}
          onForget={nothingChosen}
        />
        <Segmented<Paper>
          value={paper}
          options={PAPERS.map((value) => ({ value, label: t(`labels.papers.${value}`) }))}
          onChange={setPaper}
        />
      </div>
      <div className="mw-labels-body">
        <Counts labels={labels} onCount={setCount} onDrop={drop} />
        <div className="mw-paper">
          <PartLabels labels={labels} paper={paper} />
        </div>
      </div>
      {createPortal(
        <div className="mw-print">
          <PartLabels labels={labels} paper={paper} />
        </div>,
        document.body,
      )}
      <div className="mw-form-buttons">
        <Button onClick={onClose}>{t('common.close')}</Button>
        <ActionButton type="primary" hotkey="Ctrl+P" disabled={total === 0} onClick={() => window.print()}>
          {t('labels.print', { count: total })}
        </ActionButton>
      </div>
    </Dialog>
  );
}

type CountsProps = Readonly<{
  labels: readonly Labelled[];
  onCount: (id: string, count: number) => void;
  onDrop: (id: string) => void;
}>;

function Counts({ labels, onCount, onDrop }: CountsProps) {
  const t = useText();
  if (labels.length === 0) return <div className="mw-draft-empty">{t('labels.empty')}</div>;
  return (
    <ul className="mw-labels-counts">
      {labels.map(({ part, count }) => (
        <li key={part.id}>
          <span className="mw-part-name">
            <span className="mw-part-number">{part.number}</span> {part.name}
          </span>
          <InputNumber
            size="small"
            min={1}
            max={MOST_LABELS}
            precision={0}
            value={count}
            aria-label={`${part.number} ${t('labels.count')}`}
            onChange={(value) => onCount(part.id, value ?? 1)}
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('stock.removeLine')}
            title={t('stock.removeLine')}
            onClick={() => onDrop(part.id)}
          />
        </li>
      ))}
    </ul>
  );
}

/** Nothing stays chosen here: each part goes into the list at once. */
function nothingChosen(): void {}
