// .NET, with the replica in it, beside the page: what it does never keeps the page waiting.
import { loadGraph } from "./crdt/crdt.js";
import { dotnet } from "./_framework/dotnet.js";

// kuzu-wasm takes as long to load as .NET does, so both begin at once.
loadGraph();

const describe = (error: unknown): string => (error instanceof Error ? error.message.replace(/^Error: /, "") : `${error}`);

async function start(): Promise<Record<string, (...values: unknown[]) => unknown>> {
  const runtime = await dotnet.withModuleConfig({ onAbort: (reason) => postMessage({ error: `The program ended: ${describe(reason)}` }) }).create();
  runtime.setModuleImports("page", { tellChange: () => postMessage({ event: "changed" }) });
  const { ReplicaCalls, GraphCalls, EditCalls, ConflictCalls } = (await runtime.getAssemblyExports("Crdt.Samples.Browser.dll")).Crdt.Samples.Browser.Calls;
  await ReplicaCalls!["Prepare"]!();
  return { ...ReplicaCalls, ...GraphCalls, ...EditCalls, ...ConflictCalls, ReadMemory: () => runtime.Module.HEAPU8.length };
}

const starting = start();

self.onmessage = async ({ data: { id, name, values } }: MessageEvent<{ id: number; name: string; values: unknown[] }>) => {
  try {
    postMessage({ id, result: await (await starting)[name]!(...values) });
  } catch (error) {
    postMessage({ id, error: describe(error) });
  }
};
