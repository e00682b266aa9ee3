// The geometry of lines, and the mark or link at a point.

// Parallel ties are curved: the control point of the curve, or nothing.
function bendOf({ from, to, bend }) {
  if (!bend) return null;
  const way = (Math.ceil(bend / 2) * (bend % 2 ? 1 : -1)) * 0.35;
  return [(from.x + to.x) / 2 - (to.y - from.y) * way, (from.y + to.y) / 2 + (to.x - from.x) * way];
}

function trace(path, link) {
  const control = bendOf(link);
  path.moveTo(link.from.x, link.from.y);
  if (link.from === link.to) path.arc(link.from.x, link.from.y - link.from.r * 1.4, link.from.r, 0, 7);
  else if (control) path.quadraticCurveTo(...control, link.to.x, link.to.y);
  else path.lineTo(link.to.x, link.to.y);
}

const hasArrow = (link) => !link.summed && (data.directed || link.awaited !== undefined);

// The arrowhead of a directed tie, or of a waiting tie at the awaited end, before the shape of the node.
function arrowHead(link) {
  const [from, to] = link.awaited === link.from.id ? [link.to, link.from] : [link.from, link.to];
  const [fx, fy] = bendOf(link) || [from.x, from.y];
  const far = Math.hypot(to.x - fx, to.y - fy) || 1;
  const [ux, uy] = [(to.x - fx) / far, (to.y - fy) / far];
  const [tx, ty] = [to.x - ux * (to.r + 2), to.y - uy * (to.r + 2)];
  return [[tx, ty], [tx - ux * 11 - uy * 5, ty - uy * 11 + ux * 5], [tx - ux * 11 + uy * 5, ty - uy * 11 - ux * 5]];
}

/* The mark at a point, within six pixels for small marks. */
function markAt(place) {
  const { x, y } = network.DOMtoCanvas(place);
  const near = 6 / network.getScale();
  let best = null;
  let least = 1;
  for (const mark of shown.marks) {
    const far = Math.hypot(mark.x - x, mark.y - y) / Math.max(mark.r, near);
    if (far < least) [best, least] = [mark, far];
  }
  return best;
}

/* The nearest link within six pixels of a point. */
function linkAt(place) {
  const spot = network.DOMtoCanvas(place);
  let best = null;
  let least = 6 / network.getScale();
  for (const link of shown.links) {
    const control = bendOf(link);
    const middle = control && [(link.from.x + 2 * control[0] + link.to.x) / 4,
      (link.from.y + 2 * control[1] + link.to.y) / 4];
    const far = middle
      ? Math.min(distance(spot, link.from.x, link.from.y, ...middle), distance(spot, ...middle, link.to.x, link.to.y))
      : distance(spot, link.from.x, link.from.y, link.to.x, link.to.y);
    if (far < least) [best, least] = [link, far];
  }
  return best;
}

function distance({ x, y }, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 0), 1);
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
