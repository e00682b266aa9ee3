// Moving and zooming; the view is in the address once the user has moved it.

function lookAt(some) {
  const x = some.reduce((sum, one) => sum + one.x, 0) / some.length;
  const y = some.reduce((sum, one) => sum + one.y, 0) / some.length;
  network.moveTo({ position: { x, y }, scale: Math.max(network.getScale(), 0.9) });
  rememberPlace();
}

// Fit the whole picture with a margin for labels, without enlarging a few nodes too much.
function fitAll() {
  const { clientWidth: width, clientHeight: height } = pictureBox;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, r } of shown.marks) {
    [left, top] = [Math.min(left, x - r), Math.min(top, y - r)];
    [right, bottom] = [Math.max(right, x + r), Math.max(bottom, y + r)];
  }
  if (!shown.marks.length || !width) return;
  const largest = shown.marks.length > 12 ? 2 : 1.4;
  const wide = (width - Math.min(110, width / 6)) / (right - left + 1);
  const scale = Math.min(wide, (height - 64) / (bottom - top + 1), largest);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.005) });
  state.at = null;
  writeAddress();
}

function zoomBy(factor) {
  network.moveTo({ scale: network.getScale() * factor });
  rememberPlace();
}

function rememberPlace() {
  const { x, y } = network.getViewPosition();
  state.at = [x, y, network.getScale()];
  writeAddress();
}

function restorePlace() {
  if (state.at) network.moveTo({ position: { x: state.at[0], y: state.at[1] }, scale: state.at[2] });
  else fitAll();
}
