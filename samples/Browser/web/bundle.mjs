// Bundles the page and its worker into its site: node bundle.mjs SITE
import { build } from "esbuild";

const [site] = process.argv.slice(2);
if (site === undefined) throw new Error("usage: node bundle.mjs SITE");

await build({
  entryPoints: { page: "src/page.ts", worker: "worker/worker.ts" },
  outdir: site,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: "linked",
  legalComments: "linked",
  logLevel: "warning",
  // They lie beside them.
  external: ["./_framework/dotnet.js", "./crdt/crdt.js"],
});
