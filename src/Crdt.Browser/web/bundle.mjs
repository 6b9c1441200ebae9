// Bundles the modules into what a site serves. The folder is given: node bundle.mjs FOLDER
import { copyFile, mkdir } from "node:fs/promises";
import { build } from "esbuild";
import { kuzuWasm } from "./build/kuzu-wasm.mjs";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node bundle.mjs FOLDER");

await mkdir(folder, { recursive: true });
await build({
  entryPoints: { crdt: "src/crdt.ts", "crdt-graph": "src/graph/worker.ts", "crdt-tabs": "src/tabs/tabs.ts" },
  outdir: folder,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: "linked",
  legalComments: "linked",
  logLevel: "warning",
  plugins: [kuzuWasm(`${folder}/kuzu.wasm`)],
});

// What a module loads from beside itself.
await copyFile("node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm", `${folder}/zstd.wasm`);
