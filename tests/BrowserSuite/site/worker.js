import { dotnet } from "./_framework/dotnet.js";

// A page that is going to show a graph has the engine loaded beside the runtime.
if (self.name === "graph") import("./crdt/crdt.js").then(({ loadGraph }) => loadGraph());

const describe = (error) => error?.stack ?? (typeof error === "object" ? JSON.stringify(error) : `${error}`);

const starting = (async () => {
  const runtime = await dotnet.withModuleConfig({ onAbort: (reason) => postMessage({ error: `the runtime ended: ${describe(reason)}` }) }).create();
  const exports = await runtime.getAssemblyExports("Crdt.Tests.BrowserSuite.dll");
  const { Suite, GraphSuite, MeasureSuite, ReplicaSuite, StoreSuite } = exports.Crdt.Tests.BrowserSuite;
  const memory = () => runtime.Module.HEAPU8.length / 1048576;
  return { memory, ...Suite, ...GraphSuite, ...MeasureSuite, ...ReplicaSuite, ...StoreSuite };
})();

onmessage = async ({ data: { id, name, values } }) => {
  try {
    const suite = await starting;
    postMessage({ id, result: await suite[name](...values) });
  } catch (error) {
    postMessage({ id, error: describe(error) });
  }
};
