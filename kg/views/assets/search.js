// Search by any part of a name in the whole network, including folded and filtered nodes.
const searchBox = document.getElementById("search");
const hitList = document.getElementById("hits");
const HITS = 40;
let hits = [];
let current = -1;

// Short forms leave out characters: 发改委 for 发展和改革局, 科经局 for 科技和经信局.
function isShortFor(short, name) {
  const stem = short.replace(/[局委办会]$/, "");
  if (stem.length < 2 || stem[0] !== name[0]) return false;
  let at = 0;
  for (const character of name) if (character === stem[at]) at += 1;
  return at === stem.length;
}

function findNodes(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const found = [];
  for (const node of nodes) {
    const at = node.label.toLowerCase().indexOf(wanted);
    const inEnglish = (node.label_en || "").toLowerCase().includes(wanted);
    // Exact matches first, then names that begin with the text.
    const rank = at === 0 ? (node.label.length === wanted.length ? 0 : 1) : 2;
    if (at >= 0 || inEnglish) found.push([rank, node]);
    else if ((node.typed || "").split(" ").some((typed) => typed.startsWith(wanted))) found.push([3, node]);
    else if (node.kind === "department" && isShortFor(wanted, node.label)) found.push([4, node]);
  }
  return found.sort((a, b) => a[0] - b[0] || b[1].weight - a[1].weight || a[1].id - b[1].id).map(([, node]) => node);
}

function showHits() {
  hits = findNodes(state.q);
  current = -1;
  const all = new Set(shown.nodes);
  const items = hits.slice(0, HITS).map((node, index) => {
    const item = element("li", undefined, { role: "option", id: `hit-${index}`, "aria-selected": "false" });
    const told = [called(kinds, node.kind), all.has(node) ? "" : say("hiddenHit")].filter(Boolean).join(" · ");
    item.append(kindKey(node.kind), ` ${node.label} `, element("small", told));
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      takeHit(index);
    });
    return item;
  });
  const note = !hits.length && state.q.trim() ? say("noHit") : hits.length > HITS ? say("moreHits", hits.length - HITS) : "";
  if (note) items.push(element("li", note, { role: "option", "aria-disabled": "true", "aria-selected": "false" }));
  hitList.replaceChildren(...items);
  openHits(items.length > 0);
}

function openHits(open) {
  hitList.hidden = !open;
  searchBox.setAttribute("aria-expanded", String(open));
  if (!open) searchBox.removeAttribute("aria-activedescendant");
}

function pointAt(index) {
  const count = Math.min(hits.length, HITS);
  if (!count) return;
  hitList.children[current]?.setAttribute("aria-selected", "false");
  current = (index + count) % count;
  const item = hitList.children[current];
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  searchBox.setAttribute("aria-activedescendant", item.id);
}

function takeHit(index) {
  const node = hits[index];
  if (!node) return;
  openHits(false);
  if (!new Set(shown.nodes).has(node)) clearFilters();
  choose({ node: node.key, look: true });
}

searchBox.addEventListener("input", () => {
  state.q = searchBox.value;
  writeAddress();
  showHits();
});
searchBox.addEventListener("focus", () => state.q && showHits());
searchBox.addEventListener("blur", () => openHits(false));
searchBox.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter also ends the writing of a Chinese word
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (hitList.hidden) showHits();
    pointAt(event.key === "ArrowDown" ? current + 1 : Math.max(current, 0) - 1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    takeHit(Math.max(current, 0));
  } else if (event.key === "Escape") {
    if (!hitList.hidden) openHits(false);
    else {
      state.q = searchBox.value = "";
      choose();
    }
  }
});
