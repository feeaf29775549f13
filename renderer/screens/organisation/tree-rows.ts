/** A tree as the rows of a grid: children beneath their parent, in the order in which they came. */

export type TreeNode = Readonly<{ id: string; parentId: string | null }>;

export type TreeRow<Node extends TreeNode> = Node &
  Readonly<{ depth: number; hasChildren: boolean; isExpanded: boolean }>;

type View<Node> = Readonly<{
  /** Ids of nodes whose children are hidden. */
  collapsed?: ReadonlySet<string>;
  /** Shows only nodes that match, with the path down to them; all of those are expanded. */
  matches?: ((node: Node) => boolean) | undefined;
}>;

/** Nodes whose parent isn't among those given stand at the top. */
export function treeRows<Node extends TreeNode>(nodes: readonly Node[], view: View<Node> = {}): TreeRow<Node>[] {
  const { collapsed = new Set(), matches } = view;
  const shown = matches ? withPaths(nodes, nodes.filter(matches)) : nodes;
  const known = new Set(shown.map(({ id }) => id));
  const byParent = Map.groupBy(shown, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null));
  const rows: TreeRow<Node>[] = [];
  const add = (parentId: string | null, depth: number): void => {
    for (const node of byParent.get(parentId) ?? []) {
      const hasChildren = byParent.has(node.id);
      const isExpanded = hasChildren && (matches !== undefined || !collapsed.has(node.id));
      rows.push({ ...node, depth, hasChildren, isExpanded });
      if (isExpanded) add(node.id, depth + 1);
    }
  };
  add(null, 0);
  return rows;
}

function withPaths<Node extends TreeNode>(nodes: readonly Node[], found: readonly Node[]): Node[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const kept = new Set<string>();
  for (const node of found)
    for (let at: Node | undefined = node; at && !kept.has(at.id); at = byId.get(at.parentId ?? '')) kept.add(at.id);
  return nodes.filter(({ id }) => kept.has(id));
}

export type IndentedOption = { value: string; label: string };

/** The choices of a field in which one of a tree is chosen, each as far in as it is deep. */
export function indentedOptions<Node extends TreeNode>(
  nodes: readonly Node[],
  labelOf: (node: Node) => string,
): IndentedOption[] {
  return treeRows(nodes).map((row) => ({ value: row.id, label: `${'　'.repeat(row.depth)}${labelOf(row)}` }));
}
