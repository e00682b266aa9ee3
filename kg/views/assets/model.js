// The data of the page: the whole network.
const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges } = data;
const kinds = new Map(data.kinds.map((kind) => [kind.name, kind]));
const ties = new Map(data.ties.map((tie) => [tie.name, tie]));
const statuses = new Map(data.statuses.map((status) => [status.name, status]));
const nodeByKey = new Map(nodes.map((node) => [node.key, node]));
const districts = [...new Set(nodes.map((node) => node.district).filter(Boolean))].sort();
const COLORS = districts.length > 1 ? ["state", "kind", "district"] : ["state", "kind"];
const SIZES = ["weight", "ties", "tasks"];
const groups = data.groups.map((group) => ({ ...group, members: [] }));

for (const node of nodes) {
  node.edges = [];
  if (groups.length) groups[node.group].members.push(node);
}
edges.forEach((edge, index) => {
  edge.id = index;
  // The identifier in the address; IRIs have no spaces.
  edge.key = [nodes[edge.from].key, nodes[edge.to].key, edge.tie].join(" ");
  nodes[edge.from].edges.push(edge);
  if (edge.to !== edge.from) nodes[edge.to].edges.push(edge);
});
for (const group of groups) group.members.sort((a, b) => b.weight - a.weight || a.id - b.id);

const otherEnd = (edge, node) => nodes[edge.from === node.id ? edge.to : edge.from];
// A waiting tie points to the awaited end.
const waiterOf = (edge) => nodes[edge.awaited === edge.from ? edge.to : edge.from];
const awaitedOf = (edge) => nodes[edge.awaited];
const number = (value) => String(Math.round(value * 100) / 100);
// The names of kinds, ties and statuses in the language of the page.
const called = (map, name) => (map.get(name) || { zh: name, en: name })[state.lang];

// Names are shortened by width: a Chinese character is as wide as two Latin letters.
function cut(text, most = 16) {
  let room = most;
  let kept = "";
  for (const character of text.replace(/\s+/g, " ")) {
    room -= character.charCodeAt(0) < 0x2e80 ? 0.55 : 1;
    if (room < 0) return `${kept}…`;
    kept += character;
  }
  return kept;
}
