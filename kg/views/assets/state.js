// The state in the address: everything that the user has chosen, and nothing else.
const preferred = {
  lang: () => data.language || (navigator.languages.some((name) => name.startsWith("zh")) ? "zh" : "en"),
  theme: () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
};
const fresh = () => ({
  node: "", edge: "", q: "", kinds: new Set(), ties: new Set(), statuses: new Set(), // hidden ones
  department: "", least: data.least, color: "state", size: "weight", lang: preferred.lang(), theme: preferred.theme(), mode: "network",
  open: data.folded ? new Set() : new Set(groups.keys()), // unfolded communities
  at: null, // [x, y, scale], or null for the whole picture
  sort: { nodes: ["weight", -1], ties: ["weight", -1] },
});
const state = fresh();

function address() {
  const parts = new URLSearchParams();
  const usual = fresh();
  for (const name of ["node", "edge", "q", "department"]) if (state[name]) parts.set(name, state[name]);
  for (const name of ["kinds", "ties", "statuses"]) {
    if (state[name].size) parts.set(`no-${name}`, [...state[name]].join(","));
  }
  if (state.least !== usual.least) parts.set("least", state.least);
  for (const name of ["color", "size"]) if (state[name] !== usual[name]) parts.set(name, state[name]);
  // Language and theme are always included, since other browsers may prefer others.
  parts.set("lang", state.lang);
  parts.set("theme", state.theme);
  if (state.mode !== usual.mode) parts.set("mode", state.mode);
  if (groups.length && state.open.size !== usual.open.size) {
    parts.set("open", state.open.size === groups.length ? "all" : [...state.open].join(","));
  } else if (groups.length && data.folded && state.open.size) {
    parts.set("open", [...state.open].join(","));
  }
  if (state.at) parts.set("at", state.at.map((value) => Math.round(value * 1000) / 1000).join(","));
  for (const name of ["nodes", "ties"]) {
    const [column, way] = state.sort[name];
    if (column !== "weight" || way !== -1) parts.set(`sort-${name}`, `${column},${way}`);
  }
  return `#${parts}`;
}

// An address may be truncated, outdated or invalid: only valid values are used.
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const read = fresh();
  const known = (name, values) => new Set((parts.get(name) || "").split(",").filter((v) => values.has(v)));
  if (nodeByKey.has(parts.get("node")) || /^community:\d+$/.test(parts.get("node") || "")) {
    read.node = parts.get("node");
  }
  read.edge = read.node ? "" : parts.get("edge") || "";
  read.q = parts.get("q") || "";
  read.kinds = known("no-kinds", kinds);
  read.ties = known("no-ties", ties);
  read.statuses = known("no-statuses", statuses);
  read.department = departmentNames.includes(parts.get("department")) ? parts.get("department") : "";
  if (parts.has("least")) read.least = Math.max(Number(parts.get("least")) || 0, 0);
  if (COLORS.includes(parts.get("color"))) read.color = parts.get("color");
  if (SIZES.includes(parts.get("size"))) read.size = parts.get("size");
  if (words[parts.get("lang")]) read.lang = parts.get("lang");
  if (["light", "dark"].includes(parts.get("theme"))) read.theme = parts.get("theme");
  if (parts.get("mode") === "table") read.mode = "table";
  if (parts.has("open")) {
    const all = [...groups.keys()];
    read.open = new Set(parts.get("open") === "all" ? all
      : parts.get("open").split(",").filter(Boolean).map(Number).filter((group) => groups[group]));
  }
  const at = (parts.get("at") || "").split(",").map(Number);
  if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0) read.at = at;
  for (const name of ["nodes", "ties"]) {
    const [column, way] = (parts.get(`sort-${name}`) || "").split(",");
    if (column && ["1", "-1"].includes(way)) read.sort[name] = [column, Number(way)];
  }
  Object.assign(state, read);
}

// `replaceState` adds no entry to the history and causes no `hashchange`. At most ten calls per
// second: browsers block pages that call it at each step of a slider.
let written = -Infinity;
let writing = 0;
function writeAddress() {
  clearTimeout(writing);
  const early = 100 - (performance.now() - written);
  if (early > 0) {
    writing = setTimeout(writeAddress, early);
    return;
  }
  written = performance.now();
  const now = address();
  if (now !== location.hash) history.replaceState(null, "", now);
}
