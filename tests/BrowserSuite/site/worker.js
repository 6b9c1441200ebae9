import { dotnet } from "./_framework/dotnet.js";

const calls = {
  vectors: (suite) => suite.Vectors(),
  simulate: (suite, first, count) => Array.from({ length: count }, (_, i) => suite.Simulate(first + i)),
  agree: (suite, seed, steps) => suite.Agree(seed, steps),
};

onmessage = async ({ data: { name, values } }) => {
  try {
    const runtime = await dotnet.create();
    const exports = await runtime.getAssemblyExports("Crdt.Tests.BrowserSuite.dll");
    postMessage({ result: await calls[name](exports.Crdt.Tests.BrowserSuite.Suite, ...values) });
  } catch (error) {
    postMessage({ error: `${error?.stack ?? error}` });
  }
};
