import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons';
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, type GridColumn, LocalGrid, ToneTag, useFormat, useHotkey } from '#renderer/ui/index.ts';
import { type TreeNode, type TreeRow, treeRows } from './tree-rows.ts';

type Named = TreeNode & Readonly<{ name: string; isActive: boolean }>;

type Props<Node extends Named> = Readonly<{
  id: string;
  nodes: readonly Node[];
  /** Of the first column, which is the tree itself. */
  title: string;
  columns: readonly GridColumn<TreeRow<Node>>[];
  matches?: ((node: Node) => boolean) | undefined;
  onOpen?: ((node: Node) => void) | undefined;
  /** Insert: something new below the node the cursor is on. */
  onAdd?: ((chosen: Node | undefined) => void) | undefined;
  /** On the button that does the same. */
  addText: (chosen: Node | undefined) => string;
  empty?: ReactNode;
  'aria-label': string;
}>;

/** A tree as a dense table. Keys: arrows up and down go, left and right close and open, Enter edits, Insert adds below. */
export function TreeGrid<Node extends Named>(props: Props<Node>) {
  const { id, nodes, title, columns, matches, onOpen, onAdd, empty } = props;
  const t = useText();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [chosenId, setChosenId] = useState<string>();
  const rows = useMemo(() => treeRows(nodes, { collapsed, matches }), [nodes, collapsed, matches]);
  const chosen = rows.find((row) => row.id === chosenId);
  useHotkey('Insert', () => onAdd?.(chosen), onAdd !== undefined);

  function fold(row: TreeRow<Node>, isFolded: boolean): void {
    const next = new Set(collapsed);
    if (isFolded) next.add(row.id);
    else next.delete(row.id);
    setCollapsed(next);
  }

  function keyDown(event: KeyboardEvent): void {
    if ((event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') || !chosen?.hasChildren) return;
    event.preventDefault();
    fold(chosen, event.key === 'ArrowLeft');
  }

  const tree: GridColumn<TreeRow<Node>> = {
    key: 'name',
    title,
    width: 260,
    grows: true,
    isFixed: true,
    render: (row) => (
      <span className="mw-tree-name" style={{ paddingLeft: row.depth * 18 }}>
        {row.hasChildren ? (
          <button
            type="button"
            tabIndex={-1}
            className="mw-tree-caret"
            aria-expanded={row.isExpanded}
            aria-label={t(row.isExpanded ? 'organisation.collapse' : 'organisation.expand')}
            onClick={(event) => {
              event.stopPropagation();
              fold(row, row.isExpanded);
            }}
          >
            {row.isExpanded ? <CaretDownOutlined /> : <CaretRightOutlined />}
          </button>
        ) : (
          <span className="mw-tree-caret" />
        )}
        <span className={row.isActive ? 'mw-tree-text' : 'mw-tree-text mw-soft'}>{row.name}</span>
        {!row.isActive && <ToneTag tone="quiet">{t('organisation.closed')}</ToneTag>}
      </span>
    ),
  };
  return (
    <div className="mw-tree" onKeyDown={keyDown}>
      <LocalGrid<TreeRow<Node>>
        id={id}
        aria-label={props['aria-label']}
        rows={rows}
        columns={[tree, ...columns].map((column) => ({ ...column, isSortable: false }))}
        rowKey="id"
        hasFilters={false}
        onSelect={(row) => setChosenId(row.id)}
        {...(onOpen === undefined ? {} : { onOpen })}
        footer={
          onAdd && (
            <ActionButton size="small" type="link" hotkey="Alt+N" onClick={() => onAdd(chosen)}>
              {props.addText(chosen)}
            </ActionButton>
          )
        }
        empty={empty}
      />
    </div>
  );
}

/** In a long tree most counts are none: the eye finds the others. */
export function CountOrNone({ count }: Readonly<{ count: number }>) {
  const format = useFormat();
  return count === 0 ? <span className="mw-soft">–</span> : format.count(count);
}
