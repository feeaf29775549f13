import type { ReactNode } from 'react';

type Props = Readonly<{
  number: string | undefined;
  name: string | undefined;
  note?: string | undefined;
  children?: ReactNode;
}>;

/** Which part a line is of, with what was noted about it. */
export function PartName({ number, name, note = '', children }: Props) {
  return (
    <>
      <span className="mw-part-number">{number}</span> {name}
      {note !== '' && <span className="mw-soft mw-line-note">{note}</span>}
      {children}
    </>
  );
}
