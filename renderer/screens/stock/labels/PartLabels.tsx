import { code128Picture } from './code128.ts';
import './labels.css';

export type LabelledPart = Readonly<{ id: string; number: string; name: string; measure: string; barcode: string }>;
export type Labelled = Readonly<{ part: LabelledPart; count: number }>;
export const PAPERS = ['roll', 'sheet'] as const;
export type Paper = (typeof PAPERS)[number];

type Props = Readonly<{ labels: readonly Labelled[]; paper: Paper }>;

/** One label for each piece: on a roll each is a page of its own, on a sheet there are three in a row. */
export function PartLabels({ labels, paper }: Props) {
  const all = labels.flatMap(({ part, count }) => Array.from({ length: count }, (_, place) => ({ part, place })));
  return (
    <div className={`mw-labels is-${paper}`}>
      {all.map(({ part, place }) => (
        <PartLabel key={`${part.id} ${place}`} part={part} />
      ))}
    </div>
  );
}

/** The part's barcode, or its number where it has none: a scanner finds it by either. */
function PartLabel({ part: { number, name, barcode } }: Readonly<{ part: LabelledPart }>) {
  const code = barcode === '' ? number : barcode;
  const picture = code128Picture(code);
  return (
    <article className="mw-label">
      <strong>{name}</strong>
      {picture !== undefined && <img src={picture} alt={code} />}
      <span className="mw-label-code">{code}</span>
      {code !== number && <span className="mw-label-number">{number}</span>}
    </article>
  );
}
