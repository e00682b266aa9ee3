/* The picture. vis-network has the nodes, and handles moving and zooming. The shapes are from
   `kinds`, so that legend, picture and SVG are equal. Ties are painted here, all ties of a style in
   one stroke: vis paints each separately, which is only eleven frames per second at 6,000 ties. */
const pictureBox = document.getElementById("picture");
const markSet = new vis.DataSet();
const network = new vis.Network(pictureBox, { nodes: markSet, edges: new vis.DataSet() }, {
  physics: { enabled: false },
  layout: { improvedLayout: false },
  interaction: { hover: false, selectable: false, dragNodes: false },
  nodes: { shape: "custom", ctxRenderer: renderNode, chosen: false },
});
network.canvas.frame.tabIndex = -1; // the picture itself takes the focus

const GROUP = { color: "#8a97a6", path: kinds.get("department").path };
const shapes = new Map([...kinds].map(([name, kind]) => [name, { ...kind, outline: new Path2D(kind.path) }]));
shapes.set("group", { ...GROUP, outline: new Path2D(GROUP.path) });

// Upper limits of the shares of late tasks for the colours of departments.
const LATE = [[0, "#6f9fc4"], [0.1, "#f0c9a8"], [0.25, "#e58f4f"], [1, "#d55e00"]];
const NEUTRAL = "#b9c2cc";
const DISTRICTS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999"];

function colorOfKind(kind) {
  if (state.color === "kind" || kind === "group") return shapes.get(kind).color;
  return kind === "department" && state.color === "state" ? LATE[0][1] : NEUTRAL;
}

function colorOf(mark) {
  const { node } = mark;
  if (!node || state.color === "kind") return shapes.get(mark.kind).color;
  if (state.color === "district") return DISTRICTS[districts.indexOf(node.district) % DISTRICTS.length] || NEUTRAL;
  if (node.kind === "department") return LATE.find(([share]) => (node.late || 0) <= share)[1];
  if (node.kind === "task" && node.statuses) return statuses.get(node.statuses[0])[state.theme];
  return NEUTRAL;
}

const look = {}; // the colours of the theme, as the style sheet has them
const lit = { marks: new Set(), links: new Set() }; // what is chosen, and its neighbours
const pointer = { hover: null, cursor: null }; // what the mouse is on, what the keyboard is on
let strokes = []; // ties by style, as paths in places of the network
let fewStrokes = []; // the strongest ones only, for while the picture moves
let moving = 0;
const MOVING = 500; // ties that are drawn in motion: measured, 2,000 nodes then zoom fluently

function readLook() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ink", "paper", "soft", "quiet", "accent"]) {
    look[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

const tieColor = (tie) => ties.get(tie)[state.theme];
const widthOfLink = (link) => Math.min(1 + Math.round(Math.log2(1 + Math.max(link.weight, 0))), 6) * 0.75;

function strokesOf(links) {
  const found = new Map();
  for (const link of links) {
    const key = `${link.tie} ${widthOfLink(link)} ${link.summed}`;
    if (!found.has(key)) {
      found.set(key, { tie: link.tie, width: widthOfLink(link), summed: link.summed, path: new Path2D(),
        heads: new Path2D() });
    }
    trace(found.get(key).path, link);
    if (hasArrow(link)) {
      const [tip, left, right] = arrowHead(link);
      const { heads } = found.get(key);
      heads.moveTo(...tip);
      heads.lineTo(...left);
      heads.lineTo(...right);
    }
  }
  return [...found.values()];
}

function computeStrokes() {
  strokes = strokesOf(shown.links);
  fewStrokes = shown.links.length <= MOVING ? strokes
    : strokesOf([...shown.links].sort((a, b) => b.weight - a.weight).slice(0, MOVING));
}

// True until shortly after the last step of a movement.
function inMotion() {
  clearTimeout(moving);
  moving = setTimeout(() => {
    moving = 0;
    network.redraw();
  }, 160);
}
network.on("zoom", inMotion);
network.on("dragging", inMotion);

// Dashes are slow: with thousands of ties, and in motion, lines are solid.
const dashed = () => !moving && shown.links.length <= 1500;

function paintStrokes(context, some, alpha) {
  const scale = network.getScale();
  const thick = Math.max(1, 0.55 / scale);
  context.lineCap = "butt";
  for (const { tie, width, summed, path, heads } of some) {
    context.globalAlpha = alpha;
    context.strokeStyle = summed ? look.quiet : tieColor(tie);
    context.fillStyle = context.strokeStyle;
    context.lineWidth = width * thick;
    context.setLineDash(dashed() && !summed ? ties.get(tie).dashes.map((dash) => dash * thick) : []);
    context.stroke(path);
    context.setLineDash([]);
    context.fill(heads);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function renderNode({ ctx, id, x, y }) {
  const mark = shown.byId.get(id);
  return {
    drawNode: () => mark && paintMark(ctx, mark, x, y),
    nodeDimensions: mark && { width: 2 * mark.r, height: 2 * mark.r },
  };
}

// If there are few nodes, they remain large enough to be clicked at any zoom.
const leastRadius = () => Math.min(Math.max(90 / Math.sqrt(shown.marks.length + 1), 2), 5);
// The more ties, the paler they are, so that dense parts and nodes are visible.
const tieAlpha = () => Math.min(0.6, Math.max(0.12, 14 / Math.sqrt(shown.links.length + 1)));

function paintMark(context, mark, x = mark.x, y = mark.y) {
  const scale = network.getScale();
  const { outline } = shapes.get(mark.kind);
  const color = colorOf(mark);
  const r = Math.max(mark.r, leastRadius() / scale);
  context.fillStyle = color;
  if (r * scale < 3) { // a speck: no shape could be seen
    context.fillRect(x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6);
    return;
  }
  context.save();
  context.translate(x, y);
  context.scale(r, r);
  if (mark.members) { // pale, but nothing shows through
    context.fillStyle = look.paper;
    context.fill(outline);
    context.fillStyle = color;
    context.globalAlpha = 0.35;
  }
  context.fill(outline);
  context.globalAlpha = 1;
  context.strokeStyle = look.ink;
  context.lineWidth = (mark.members ? 2 : 1.2) / r / Math.min(Math.max(scale, 0.4), 1);
  context.stroke(outline);
  context.restore();
}

network.on("beforeDrawing", (context) => {
  paintStrokes(context, moving ? fewStrokes : strokes, tieAlpha());
});

network.on("afterDrawing", (context) => {
  const matrix = context.getTransform();
  const scale = network.getScale();
  const pixels = matrix.a / scale;
  const view = { scale, x: matrix.e / pixels, y: matrix.f / pixels };
  const { clientWidth: width, clientHeight: height } = pictureBox;
  if (lit.marks.size) {
    context.save();
    context.setTransform(pixels, 0, 0, pixels, 0, 0);
    context.globalAlpha = 0.82;
    context.fillStyle = look.paper;
    context.fillRect(0, 0, width, height);
    context.restore();
    paintStrokes(context, lit.strokes, 0.95);
    for (const mark of lit.marks) paintMark(context, mark);
  }
  ring(context, lit.chosen, 4);
  ring(context, pointer.cursor, 7);
  context.save();
  context.setTransform(pixels, 0, 0, pixels, 0, 0);
  const first = [pointer.hover, pointer.cursor, lit.chosen].filter((mark, at, all) => mark && all.indexOf(mark) === at);
  const candidates = lit.marks.size ? shown.marks.filter((mark) => lit.marks.has(mark)) : shown.marks;
  const placed = placeLabels(candidates, view, width, height, first);
  for (const label of [...placed, ...waitingLabels(view, placed)]) paintLabel(context, label);
  context.restore();
});

function ring(context, mark, gap) {
  if (!mark) return;
  const scale = network.getScale();
  context.beginPath();
  context.arc(mark.x, mark.y, mark.r + gap / scale, 0, 2 * Math.PI);
  context.strokeStyle = look.accent;
  context.lineWidth = 3 / scale;
  context.stroke();
}

function paintLabel(context, { mark, text, size, x, y }) {
  context.font = `${mark?.kind === "department" ? "bold " : ""}${size}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = look.paper;
  context.strokeText(text, x, y);
  context.fillStyle = look.ink;
  context.fillText(text, x, y);
}

/* Pass the marks and their bounds to vis: version 9.1.2 sets the bounds of custom shapes to zero
   when it draws them, and then treats them as outside of the picture. */
function giveMarks(marks) {
  markSet.remove(markSet.getIds().filter((id) => !shown.byId.has(id)));
  // Existing nodes keep their positions.
  const added = marks.filter((mark) => !markSet.get(mark.id));
  markSet.add(added.map(({ id, x, y, r }) => ({ id, x, y, size: r })));
  for (const { id, x, y, r } of added) {
    const box = network.body.nodes[id].shape.boundingBox;
    Object.assign(box, { left: x - r, right: x + r, top: y - r, bottom: y + r });
  }
}
