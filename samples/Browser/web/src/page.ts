import type { Graph } from "./answers";
import { byId } from "./dom";
import { Drawing } from "./drawing";
import { Cypher } from "./panels/cypher";
import { Details } from "./panels/details";
import { Inbox } from "./panels/inbox";
import { InsidePanel } from "./panels/inside";
import { Outline } from "./panels/outline";
import { Status } from "./panels/status";
import { Tabs } from "./panels/tabs";
import { Replica } from "./replica";

const name = new URLSearchParams(location.search).get("replica") ?? "first";
const hub = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/sync`;

let graph: Graph = { nodes: [], edges: [], count: 0 };
let chosen: string | undefined;
/** How often it is looked whether what waits has arrived, in milliseconds: nothing tells of that. */
const waitingInterval = 500;

let isStale = false;
let looking: ReturnType<typeof setTimeout> | undefined;
let reading: Promise<void> | undefined;

const replica = new Replica(name, hub, { onEvent: () => void refresh(), onOwner });
const drawing = new Drawing(byId("drawing"), choose);
const outline = new Outline(choose);
const details = new Details(replica, change);
const inbox = new Inbox(replica, change);
const inside = new InsidePanel();
const status = new Status((isOnline) => change(replica.setOnline(isOnline)));
const tabs = new Tabs(() => void refresh());
new Cypher(replica);

byId("add-person").onclick = () => void add("Person", (given) => replica.addPerson(given));
byId("add-place").onclick = () => void add("Place", (given) => replica.addPlace(given));
byId("example").onclick = () => change(replica.addExample());
byId("fit").onclick = () => drawing.fit();
byId<HTMLAnchorElement>("another").href = `?replica=${name === "first" ? "second" : `${name}-2`}`;
byId("dismiss").onclick = () => (byId("problem").hidden = true);
// Workers can't ask for it.
void navigator.storage?.persist?.();
void refresh();

/** Shows the replica as it is now, or later: whoever calls while it is being read has it read once more. */
function refresh(): Promise<void> {
  isStale = true;
  reading ??= readAll().finally(() => (reading = undefined));
  return reading;
}

async function readAll(): Promise<void> {
  try {
    while (isStale) {
      isStale = false;
      await read();
    }
  } catch (error) {
    status.fail(reasonOf(error));
  }
}

async function read(): Promise<void> {
  const [state, shown] = [await replica.state(), await replica.graph()];
  status.show(state);
  clearTimeout(looking);
  if (state.waiting > 0 && !state.isOffline) looking = setTimeout(() => void refresh(), waitingInterval);
  graph = shown;
  byId("main").setAttribute("aria-busy", "false");
  byId("empty").hidden = graph.count > 0;
  drawing.show(graph);
  outline.show(graph, chosen);
  details.show(graph, chosen);
  if (tabs.shown === "inbox") inbox.show(await replica.conflicts());
  if (tabs.shown === "inside") inside.show(await replica.inside(), await replica.memory());
}

function choose(id: string | undefined): void {
  chosen = id;
  if (id !== undefined && tabs.shown !== "things") tabs.show("things");
  drawing.choose(id);
  outline.show(graph, id);
  details.show(graph, id);
  byId("details").scrollIntoView({ block: "nearest" });
}

/** Waits for a change, and says so where it fails. */
function change(work: Promise<unknown>): void {
  work.then(refresh, tell);
}

async function add(kind: string, make: (name: string) => Promise<string>): Promise<void> {
  const used = new Set(graph.nodes.map((node) => node.name));
  let number = 1;
  while (used.has(`${kind} ${number}`)) number++;
  try {
    const id = await make(`${kind} ${number}`);
    await refresh();
    choose(id);
    const input = byId<HTMLInputElement>("name");
    input.focus();
    input.select();
  } catch (error) {
    tell(error);
  }
}

function onOwner(isOwner: boolean): void {
  byId("shared").hidden = isOwner;
  void refresh();
}

function tell(error: unknown): void {
  byId("problem-text").textContent = reasonOf(error);
  byId("problem").hidden = false;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : `${error}`;
}
