import { dotnet } from "./_framework/dotnet.js";

const calls = {
  vectors: (suite) => suite.Vectors(),
  simulate: (suite, first, count) => Array.from({ length: count }, (_, i) => suite.Simulate(first + i)),
  agree: (suite, seed, steps) => suite.Agree(seed, steps),
  recompress: (suite, frame, length) => suite.Recompress(frame, length),
  verify: (suite, ...values) => suite.Verify(...values),
};

const describe = (error) => error?.stack ?? (typeof error === "object" ? JSON.stringify(error) : `${error}`);

onmessage = async ({ data: { name, values } }) => {
  try {
    const runtime = await dotnet.withModuleConfig({ onAbort: (reason) => postMessage({ error: `the runtime ended: ${describe(reason)}` }) }).create();
    const exports = await runtime.getAssemblyExports("Crdt.Tests.BrowserSuite.dll");
    postMessage({ result: await calls[name](exports.Crdt.Tests.BrowserSuite.Suite, ...values) });
  } catch (error) {
    postMessage({ error: describe(error) });
  }
};
