// The nodes and ties that pass the filters, folded or not, for the picture and the tables.
function passing() {
  const { department } = state;
  const pass = new Uint8Array(nodes.length);
  const core = new Uint8Array(nodes.length);
  for (const node of nodes) {
    const inState = !state.statuses.size || !node.statuses
      || node.statuses.some((status) => !state.statuses.has(status));
    pass[node.id] = !state.kinds.has(node.kind) && inState ? 1 : 0;
    if (department && pass[node.id]) {
      core[node.id] = (node.kind === "department" && node.label === department)
        || (node.departments || []).includes(department) ? 1 : 0;
    }
  }
  const tied = new Uint8Array(nodes.length);
  const kept = edges.filter((edge) => {
    if (!pass[edge.from] || !pass[edge.to]) return false;
    if (state.ties.has(edge.tie) || edge.weight < state.least) return false;
    // For a department: its own nodes, and those connected to them.
    if (department && !core[edge.from] && !core[edge.to]) return false;
    tied[edge.from] = tied[edge.to] = 1;
    return true;
  });
  // With a filter, hide nodes without ties.
  const narrowed = state.kinds.size > 0 || state.ties.size > 0 || state.statuses.size > 0 || state.least > 0;
  const left = nodes.filter((node) => pass[node.id] && (
    tied[node.id] || core[node.id] || (!department && (!narrowed || !edges.length))));
  return { nodes: left, edges: kept };
}

const filtered = () => Boolean(state.kinds.size || state.ties.size || state.statuses.size
  || state.department || state.least !== data.least);

function clearFilters() {
  for (const name of ["kinds", "ties", "statuses"]) state[name].clear();
  state.department = "";
  state.least = data.least;
}
