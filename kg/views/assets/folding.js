// Convert the filtered network to marks (nodes or folded communities) and links.
const shown = { nodes: [], edges: [], marks: [], links: [], byId: new Map(), byKey: new Map() };

function computeShown() {
  const found = passing();
  const marks = new Map();
  const markOf = new Map();
  for (const node of found.nodes) {
    const folded = groups.length > 0 && !state.open.has(node.group);
    const id = folded ? nodes.length + node.group : node.id;
    if (!marks.has(id)) marks.set(id, folded ? groupMark(id, node.group) : nodeMark(node));
    const mark = marks.get(id);
    if (folded) mark.members.push(node);
    markOf.set(node.id, mark);
  }
  for (const mark of marks.values()) if (mark.members) nameGroup(mark);
  const links = new Map();
  for (const edge of found.edges) {
    const from = markOf.get(edge.from);
    const to = markOf.get(edge.to);
    if (from === to && from.members) continue;
    const [first, second] = from.id <= to.id || data.directed ? [from, to] : [to, from];
    const key = from.members || to.members ? `${first.key} ${second.key}` : edge.key;
    const link = links.get(key);
    if (link) {
      link.edges.push(edge);
      link.weight += edge.weight;
    } else {
      links.set(key, { key, from: first, to: second, edges: [edge], tie: edge.tie, bend: edge.bend || 0,
        weight: edge.weight, awaited: edge.awaited });
    }
  }
  for (const link of links.values()) {
    if (link.edges.length > 1) link.tie = commonest(link.edges);
    link.summed = Boolean(link.from.members || link.to.members);
    link.from.links.push(link);
    if (link.to !== link.from) link.to.links.push(link);
  }
  Object.assign(shown, found, {
    marks: [...marks.values()].sort((a, b) => b.weight - a.weight || a.id - b.id),
    links: [...links.values()], byId: marks,
  });
  shown.byKey = new Map(shown.marks.map((mark) => [mark.key, mark]));
  shown.linkByKey = links;
}

const count = (node) => (state.size === "ties" ? node.edges.length : (node.tasks || []).length);
const sizeOf = (node) => (state.size === "weight" ? node.size : Math.min(8 + 3.2 * Math.sqrt(count(node)), 34));
const nodeMark = (node) => ({ id: node.id, key: node.key, node, kind: node.kind, x: node.x, y: node.y,
  r: sizeOf(node), label: node.label, text: cut(node.label), weight: node.weight, members: null, links: [] });

// A folded community is as large as its disc allows, so that it is visible when zoomed out.
const groupMark = (id, group) => ({ id, key: `community:${group}`, group, kind: "group",
  x: groups[group].x, y: groups[group].y, r: groups[group].radius * 0.8, members: [], links: [] });

function nameGroup(mark) {
  mark.members.sort((a, b) => b.weight - a.weight || a.id - b.id);
  mark.weight = mark.members.reduce((sum, node) => sum + node.weight, 0);
  const names = mark.members.slice(0, 2).map((node) => cut(node.label, 9));
  const count = mark.members.length;
  mark.label = count > 1 ? say("groupName", names.join(say("comma")), count) : mark.members[0].label;
  mark.text = count > 1 ? say("groupName", names[0], count) : names[0]; // short: many stand side by side
}

function commonest(some) {
  const counts = new Map();
  for (const edge of some) counts.set(edge.tie, (counts.get(edge.tie) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0];
}
