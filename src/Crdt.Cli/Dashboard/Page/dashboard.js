// Draws what the hub says of itself each second. Everything that comes from replicas is text, never markup.
const seconds = 60;
const rates = [];
let before;

const at = id => document.getElementById(id);
const say = (id, text) => { at(id).textContent = text; };
const cell = (text, title, kind) => {
  const td = document.createElement("td");
  td.textContent = text ?? "–";
  if (title) td.title = title;
  if (kind) td.className = kind;
  return td;
};
const row = cells => {
  const tr = document.createElement("tr");
  tr.append(...cells);
  return tr;
};
const bytes = count => count < 1024 ? `${count} B` : count < 1048576 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / 1048576).toFixed(1)} MiB`;
const short = id => id ? id.slice(0, 8) : null;

function peerRow(peer) {
  return row([
    cell(peer.peer, peer.address),
    cell(peer.name ?? short(peer.replica), peer.replica),
    cell(new Date(peer.since).toLocaleTimeString()),
    cell(peer.lag === 0 ? "in step" : `${peer.lag} events`),
    cell(peer.mode, `${peer.sessions} sessions`),
    cell(bytes(peer.sent)),
    cell(bytes(peer.received)),
  ]);
}

function laneTable(lane) {
  const heading = document.createElement("h3");
  heading.textContent = `${lane.lane} · root ${lane.root.slice(0, 12)}`;
  const table = document.createElement("table");
  table.append(...lane.writes.map(writer => row([cell(writer.replica, null, "id"), cell(`${writer.count} writes`, null, "number")])));
  return [heading, table];
}

function traffic(state) {
  const total = state.peers.reduce((sum, peer) => sum + peer.sent + peer.received, 0);
  const rate = before === undefined ? 0 : Math.max(0, total - before);
  before = total;
  rates.push(rate);
  if (rates.length > seconds) rates.shift();
  const most = Math.max(1, ...rates);
  const points = rates.map((value, i) => `${(600 * (i + seconds - rates.length) / (seconds - 1)).toFixed(1)},${(76 - 72 * value / most).toFixed(1)}`);
  document.querySelector("#traffic polyline").setAttribute("points", points.join(" "));
  return rate;
}

function draw(state) {
  document.title = `${state.name} · crdt hub`;
  say("name", state.name);
  say("graph", state.graph);
  say("id", state.id);
  say("entities", state.entities);
  say("conflicts", state.conflicts);
  say("connected", state.peers.length);
  say("lag", state.peers.reduce((sum, peer) => sum + peer.lag, 0));
  say("rate", bytes(traffic(state)));
  at("worries").replaceChildren(...state.worries.map(worry => Object.assign(document.createElement("li"), { textContent: worry })));
  at("peers").replaceChildren(...state.peers.map(peerRow));
  at("lanes").replaceChildren(...state.lanes.flatMap(laneTable));
}

function link(state, text) {
  at("link").dataset.state = state;
  say("link", text);
}

const live = new EventSource("live");
live.onmessage = message => {
  link("live", "live");
  draw(JSON.parse(message.data));
};
live.onerror = () => link("lost", "the hub can't be reached; this page tries again");
