import type { Graph, State } from "./answers";
import { byId } from "./dom";
import { Drawing } from "./drawing";
import { reasonOf } from "./errors";
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

/** After how many milliseconds it is looked whether what waits has arrived, since nothing tells of that; how it is after an error; what is inside; and how it is while the graph is being prepared. */
const [waitingInterval, errorInterval, insideInterval, preparingInterval] = [500, 2_000, 1_000, 300];

let isStale = false;
/** Whether the graph can't be shown, which is said until it can; and whether it is being prepared. */
let [isInTrouble, isPreparing] = [false, false];
let looking: ReturnType<typeof setTimeout> | undefined;
let lookedInside = 0;
let reading: Promise<void> | undefined;

const drawing = new Drawing(byId("drawing"), choose);
const outline = new Outline(choose);
const inside = new InsidePanel();
const status = new Status((isOnline) => change(replica.setOnline(isOnline)));
const tabs = new Tabs(() => void refresh());
const replica = open();
const details = new Details(replica, change);
const inbox = new Inbox(replica, change);
new Cypher(replica);

byId("add-person").onclick = () => void add("Person", (given) => replica.addPerson(given));
byId("add-place").onclick = () => void add("Place", (given) => replica.addPlace(given));
byId("example").onclick = () => change(replica.addExample());
byId("fit").onclick = () => drawing.fit();
byId<HTMLAnchorElement>("another").href = `?replica=${name === "first" ? "second" : `${encodeURIComponent(name)}-2`}`;
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
  clearTimeout(looking);
  while (isStale) {
    isStale = false;
    try {
      const isWaiting = await read();
      if (isWaiting) looking = setTimeout(() => void refresh(), waitingInterval);
    } catch (error) {
      isInTrouble = true;
      status.wait(reasonOf(error), "trouble");
      looking = setTimeout(() => void refresh(), errorInterval);
    }
  }
}

/** Reads and shows everything that is to be seen, and says whether something waits to be sent. */
async function read(): Promise<boolean> {
  const asked = replica.graph();
  asked.catch(() => undefined); // It is waited for below, unless something else fails before.
  let state = await readBeside();
  // Where the graph database has to be made anew, all the rest can be used meanwhile.
  while (!(await isThere(asked))) state = await readBeside();
  graph = await asked;
  if (isInTrouble) status.show(state);
  isInTrouble = false;
  if (!graph.nodes.some(({ id }) => id === chosen)) chosen = undefined;
  byId("main").setAttribute("aria-busy", "false");
  byId("empty").hidden = graph.count > 0;
  drawing.show(graph);
  outline.show(graph, chosen);
  details.show(graph, chosen);
  return state.waiting > 0 && !state.isOffline;
}

/** Reads and shows what needs no graph database. */
async function readBeside(): Promise<State> {
  const state = await replica.state();
  isPreparing = state.prepared !== null;
  if (!isInTrouble) status.show(state);
  if (tabs.shown === "inbox") inbox.show(await replica.conflicts());
  if (tabs.shown === "inside") await lookInside();
  return state;
}

/** Waits a while for something, and says whether it is there. */
function isThere(asked: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), preparingInterval));
  return Promise.race([asked.then(() => true), late]);
}

// It reads the whole log, so not with every commit.
async function lookInside(): Promise<void> {
  const wait = lookedInside + insideInterval - performance.now();
  if (wait > 0) {
    setTimeout(() => void refresh(), wait);
    return;
  }
  inside.show(await replica.inside(), await replica.memory());
  lookedInside = performance.now();
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
  work.catch(tell).finally(refresh);
}

async function add(kind: string, make: (name: string) => Promise<string>): Promise<void> {
  const used = new Set(graph.nodes.map((node) => node.name));
  let number = 1;
  while (used.has(`${kind} ${number}`)) number++;
  try {
    const id = await make(`${kind} ${number}`);
    const shown = refresh();
    if (isPreparing) return; // By the time it is shown, they do something else.
    await shown;
    choose(id);
    const input = document.querySelector<HTMLInputElement>("#name"); // It isn't drawn where there are very many.
    input?.focus();
    input?.select();
  } catch (error) {
    tell(error);
  }
}

/** Opens the replica, or goes on from another tab that has it open. */
function open(): Replica {
  try {
    return new Replica(name, hub, {
      onEvent: () => void refresh(),
      onOpening: () => status.wait("Opening…"),
      onOwner: (isOwner) => {
        byId("shared").hidden = isOwner;
        void refresh();
      },
      onFailure: (reason) => {
        byId("main").setAttribute("aria-busy", "false");
        status.wait(reason, "trouble");
      },
    });
  } catch (error) {
    status.wait(reasonOf(error), "trouble");
    throw error;
  }
}

function tell(error: unknown): void {
  byId("problem-text").textContent = reasonOf(error);
  byId("problem").hidden = false;
}
