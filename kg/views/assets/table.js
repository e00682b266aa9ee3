// The same data as tables, for readers, screen readers and print.
const tables = document.getElementById("tables");
const ROWS = 300; // at first; more at a button, all in print and CSV

const listed = (map, names) => (names || []).map((name) => called(map, name)).join(say("semicolon"));
const columns = {
  nodes: [
    { id: "name", title: () => say("name"), of: (node) => node.label, key: (node) => ({ node: node.key }) },
    { id: "kind", title: () => say("kindOne"), of: (node) => called(kinds, node.kind) },
    { id: "weight", title: () => say("weight"), of: (node) => node.weight, number: true },
    { id: "ties", title: () => say("ties"), of: (node) => tieCounts().get(node) || 0, number: true },
    { id: "statuses", title: () => say("statuses"), of: (node) => listed(statuses, node.statuses),
      has: (node) => node.statuses },
    { id: "departments", title: () => say("departments"), of: (node) => (node.departments || []).join(say("semicolon")),
      has: (node) => node.departments },
  ],
  ties: [
    { id: "from", title: () => say("from"), of: (edge) => nodes[edge.from].label, key: (edge) => ({ edge: edge.key }) },
    { id: "tie", title: () => say("tieOne"), of: (edge) => called(ties, edge.tie) },
    { id: "to", title: () => say("to"), of: (edge) => nodes[edge.to].label },
    { id: "weight", title: () => say("weight"), of: (edge) => edge.weight, number: true },
    { id: "things", title: () => say("things"), of: (edge) => (edge.things || []).map((thing) => thing.name)
      .join(say("semicolon")), has: (edge) => edge.things },
    { id: "quotes", title: () => say("quoteCount"), of: (edge) => (edge.evidence || []).length, number: true },
  ],
};

let counted = { of: null, counts: new Map() };
function tieCounts() {
  if (counted.of === shown.edges) return counted.counts;
  counted = { of: shown.edges, counts: new Map() };
  for (const edge of shown.edges) {
    for (const end of new Set([edge.from, edge.to])) {
      counted.counts.set(nodes[end], (counted.counts.get(nodes[end]) || 0) + 1);
    }
  }
  return counted.counts;
}

// Empty columns are omitted.
const columnsOf = (name) => columns[name].filter((column) => !column.has || (name === "nodes" ? nodes : edges).some(column.has));

function sortedRows(name) {
  const [id, way] = state.sort[name];
  const column = columns[name].find((one) => one.id === id) || columns[name][0];
  const order = column.number ? (a, b) => a - b : new Intl.Collator("zh-CN-u-co-pinyin").compare;
  return shown[name === "nodes" ? "nodes" : "edges"]
    .map((item) => [column.of(item), item])
    .sort((a, b) => way * order(a[0], b[0]) || a[1].id - b[1].id)
    .map(([, item]) => item);
}

function showTables(most = ROWS) {
  const at = document.activeElement?.dataset?.sort;
  tables.replaceChildren(...["nodes", "ties"].flatMap((name) => oneTable(name, most)));
  if (at) tables.querySelector(`[data-sort="${at}"]`)?.focus();
}

function oneTable(name, most) {
  const made = element("table", undefined, { id: `table-${name}` });
  const rows = sortedRows(name);
  const title = say(`${name}Table`);
  made.append(element("caption", rows.length > most ? `${title} · ${say("rows", most, rows.length)}` : `${title} (${rows.length})`));
  const head = element("tr");
  for (const column of columnsOf(name)) {
    const [id, way] = state.sort[name];
    const cell = element("th", undefined, { scope: "col", class: column.number ? "number" : "",
      "aria-sort": id === column.id ? (way > 0 ? "ascending" : "descending") : "none" });
    cell.append(button(column.title(), () => {
      state.sort[name] = [column.id, id === column.id ? -way : column.number ? -1 : 1];
      writeAddress();
      showTables();
    }, { "data-sort": `${name} ${column.id}` }));
    head.append(cell);
  }
  made.append(element("thead"), element("tbody"));
  made.tHead.append(head);
  const add = (from, until) => {
    for (const item of rows.slice(from, until)) made.tBodies[0].append(oneRow(name, item));
  };
  add(0, most);
  if (rows.length <= most) return [made];
  let until = most;
  const more = button(say("more", Math.min(1000, rows.length - until)), () => {
    add(until, until + 1000);
    until += 1000;
    if (until >= rows.length) more.remove();
    made.caption.textContent = `${title} · ${say("rows", Math.min(until, rows.length), rows.length)}`;
  }, { class: "more-rows" });
  return [made, more];
}

function oneRow(name, item) {
  const row = element("tr");
  for (const column of columnsOf(name)) {
    const value = column.of(item);
    const cell = element("td", undefined, column.number ? { class: "number" } : {});
    if (column.key) cell.append(button(value, () => choose({ ...column.key(item), look: true }), { lang: "zh-CN" }));
    else cell.textContent = column.number ? number(value) : value;
    row.append(cell);
  }
  return row;
}

// The same rule as in kg/tables.py: spreadsheets must not parse a text as a formula.
const harmless = (text) => (text.length > 1 && /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);

function tableCsv(name) {
  const cell = (value) => {
    const text = typeof value === "number" ? number(value) : harmless(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columnsOf(name).map((column) => cell(column.title()))];
  for (const item of sortedRows(name)) lines.push(columnsOf(name).map((column) => cell(column.of(item))));
  return `${lines.map((line) => line.join(",")).join("\n")}\n`;
}
