// Keyboard control of the picture while it has the focus.
const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest mark in a direction; the distance sideways counts double.
function towards([wx, wy]) {
  const at = pointer.cursor;
  if (!at) return lit.chosen || shown.marks[0];
  let best = null;
  let least = Infinity;
  for (const mark of shown.marks) {
    const [dx, dy] = [mark.x - at.x, mark.y - at.y];
    const along = dx * wx + dy * wy;
    const aside = Math.abs(dx * wy) + Math.abs(dy * wx);
    if (mark === at || along <= 0 || aside > along * 2) continue;
    const far = along + 2 * aside;
    if (far < least) [best, least] = [mark, far];
  }
  return best;
}

// The next mark with a tie to the selected one (or else the focused one), by strength.
function nextNeighbour(step) {
  const centre = lit.chosen || pointer.cursor;
  if (!centre) return towards([1, 0]);
  const around = [...centre.links].sort((a, b) => b.weight - a.weight)
    .map((link) => (link.from === centre ? link.to : link.from));
  const unique = [...new Set(around)].filter((mark) => mark !== centre);
  if (!unique.length) return null;
  const at = unique.indexOf(pointer.cursor);
  return unique[at < 0 ? (step > 0 ? 0 : unique.length - 1) : (at + step + unique.length) % unique.length];
}

function moveCursor(mark) {
  if (!mark) return;
  pointer.cursor = mark;
  const place = network.canvasToDOM(mark);
  const { clientWidth: width, clientHeight: height } = pictureBox;
  if (place.x < 40 || place.y < 40 || place.x > width - 40 || place.y > height - 40) {
    network.moveTo({ position: { x: mark.x, y: mark.y } });
    rememberPlace();
  }
  speakOf(mark);
  network.redraw();
}

function openMark(mark) {
  if (!mark) return;
  if (mark.members) unfold(mark.group);
  else choose({ node: mark.key });
}

const keyActions = {
  n: () => moveCursor(nextNeighbour(1)),
  p: () => moveCursor(nextNeighbour(-1)),
  Enter: () => openMark(pointer.cursor || lit.chosen),
  " ": () => openMark(pointer.cursor || lit.chosen),
  Escape: () => {
    pointer.cursor = null;
    helpShown(false);
    choose();
    speak(say("cleared"));
  },
  "+": () => zoomBy(1.3),
  "=": () => zoomBy(1.3),
  "-": () => zoomBy(1 / 1.3),
  0: () => fitAll(),
  u: () => unfoldAll(),
  f: () => foldAll(),
  t: () => showAs("table"),
  "/": () => searchBox.focus(),
  "?": () => helpShown(document.getElementById("help").hidden),
};

pictureBox.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const way = ways[event.key];
  const action = way ? () => moveCursor(towards(way)) : keyActions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
pictureBox.addEventListener("blur", () => {
  pointer.cursor = null;
  network.redraw();
});

function helpShown(open) {
  document.getElementById("help").hidden = !open;
  document.getElementById("help-open").setAttribute("aria-expanded", String(open));
}
