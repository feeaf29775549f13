import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { Fragment, type ReactNode } from 'react';
import { useText } from '#renderer/text/react.ts';

type Props = Readonly<{
  /** Of the list in the form. */
  name: readonly string[];
  title: string;
  addText: string;
  /** Widths of the fields, as CSS says them. */
  widths: string;
  heads: readonly string[];
  /** What a new row begins with. */
  fresh: unknown;
  /** The fields of a row, by its place in the list. */
  children: (place: number) => ReactNode;
}>;

/** A list that is saved whole with its form: each row can be changed or taken out, and one added at the end. */
export function ListRows({ name, title, addText, widths, heads, fresh, children }: Props) {
  const t = useText();
  return (
    <section className="mw-list-rows" style={{ '--mw-row': `${widths} 28px` } as React.CSSProperties}>
      <Form.List name={[...name]}>
        {(fields, { add, remove }) => (
          <>
            <header>
              <span>{title}</span>
              <Button size="small" type="link" icon={<PlusOutlined />} onClick={() => add(fresh)}>
                {addText}
              </Button>
            </header>
            {fields.length > 0 && (
              <div className="mw-list-row is-head">
                {heads.map((head) => (
                  <span key={head}>{head}</span>
                ))}
              </div>
            )}
            {fields.map((field) => (
              <div className="mw-list-row" key={field.key}>
                <Fragment>{children(field.name)}</Fragment>
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('stock.removeLine')}
                  title={t('stock.removeLine')}
                  onClick={() => remove(field.name)}
                />
              </div>
            ))}
          </>
        )}
      </Form.List>
    </section>
  );
}
