// Search suggestions: an editable combobox with a list of links (ARIA Authoring Practices Guide,
// "Combobox"). Without this script the form leads to the page of results.

const field = document.querySelector("#q");
const list = document.querySelector("#q-options");
const status = list.parentElement.querySelector("[role=status]");
const WAIT = 80; // Milliseconds after the last key.

let timer = 0;
let asking = new AbortController();
let active = -1;

field.setAttribute("role", "combobox");
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-controls", list.id);
field.setAttribute("aria-expanded", "false");

const options = () => [...list.children];

function piece(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

function option(path, ...pieces) {
  const made = document.createElement("li");
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.id = `${list.id}-${list.children.length}`;
  made.dataset.path = path;
  made.append(...pieces);
  list.append(made);
}

function open(shown) {
  list.hidden = !shown;
  field.setAttribute("aria-expanded", String(shown));
  choose(-1);
}

function choose(index) {
  active = index;
  options().forEach((made, at) => made.setAttribute("aria-selected", String(at === index)));
  const chosen = list.children[index];
  if (chosen) {
    field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

async function ask() {
  asking.abort();
  const query = field.value.trim();
  if (!query) {
    status.textContent = "";
    open(false);
    return;
  }
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await fetch(`/search.json?${new URLSearchParams({ q: query })}`, { signal });
    if (answer.ok) show(await answer.json());
  } catch (error) {
    if (!signal.aborted) open(false);
  }
}

function show({ query, total, results }) {
  list.replaceChildren();
  for (const { name, kind_name: kind, where, text, path } of results) {
    option(path, piece("name", name), piece("kind", [kind, where].filter(Boolean).join(" · ")),
      ...(text ? [piece("text", text)] : []));
  }
  if (total > results.length) {
    option(`/search?${new URLSearchParams({ q: query })}`,
      piece("all", field.dataset.all.replace("{}", total)));
  }
  status.textContent = total ? field.dataset.some.replace("{}", total) : field.dataset.none;
  open(total > 0 && document.activeElement === field);
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});

field.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // The keys are for the input method.
  const last = list.children.length - 1;
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    open(false);
  } else if (event.key === "ArrowDown" && list.hidden) {
    event.preventDefault();
    ask();
  } else if (list.hidden) {
    return;
  } else if (event.key === "ArrowDown") {
    event.preventDefault();
    choose(active < last ? active + 1 : 0);
  } else if (event.key === "ArrowUp") {
    event.preventDefault();
    choose(active > 0 ? active - 1 : last);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    location.assign(list.children[active].dataset.path);
  }
});

// The field keeps the focus while an item of the list is pressed.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const chosen = event.target.closest("[role=option]");
  if (chosen) location.assign(chosen.dataset.path);
});
field.addEventListener("blur", () => {
  clearTimeout(timer);
  open(false);
});
