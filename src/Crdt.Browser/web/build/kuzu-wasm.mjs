// kuzu-wasm ships its engine as base 64 inside a script of 15 MB. Taken out, it is 11 MB that a browser compiles while it loads them and keeps compiled: half the time to start, and 1.8 MB of Brotli instead of 2.5. And what the package
// makes with 'new Function' becomes closures, since a page that allows those allows any script.
import { readFile, writeFile } from "node:fs/promises";

const edits = [
  // The engine itself: written beside the bundle, and loaded by whoever calls init.
  { from: /return base64Decode\("([A-Za-z0-9+/=]+)"\)/, to: () => 'throw new Error("init takes instantiateWasm")' },
  { from: "this._kuzu = await kuzu_wasm();", to: () => "this._kuzu = await kuzu_wasm(this.options);" },
  { from: /init: \(\) => \{\s*return KuzuWasm\.init\(\);/, to: () => "init: (options) => { KuzuWasm.options = options; return KuzuWasm.init();" },
  {
    from: /function createJsInvoker\(argTypes, isClassMethodFunc, returns, isAsync\) \{[\s\S]*?return new Function\(args1, invokerFnBody\);\s*\}/,
    to: () => `function createJsInvoker(argTypes, isClassMethodFunc, returns, isAsync) {
      return function (humanName, throwBindingError, invoker, fn, runDestructors, fromRetWire, toClassParamWire, ...rest) {
        const needsStack = usesDestructorStack(argTypes), count = argTypes.length - 2, first = isClassMethodFunc ? 1 : 2, owned = [];
        let at = count;
        if (!needsStack) for (let i = first; i < argTypes.length; ++i) if (argTypes[i].destructorFunction !== null) owned.push([i - first + 1, rest[at++]]);
        const [check, least, most] = rest.slice(at);
        return function (...args) {
          check(args.length, least, most, humanName, throwBindingError);
          const destructors = needsStack ? [] : null, wired = [fn];
          if (isClassMethodFunc) wired.push(toClassParamWire(destructors, this));
          for (let i = 0; i < count; ++i) wired.push(rest[i](destructors, args[i]));
          const result = invoker(...wired);
          if (needsStack) runDestructors(destructors); else for (const [i, destroy] of owned) destroy(wired[i]);
          if (returns) return fromRetWire(result);
        };
      };
    }`,
  },
  {
    from: /var functionBody;\s*switch \(kind\) \{[\s\S]*?var invokerFunction = new Function\([^\n]*\n/,
    to: () => `
      var invokerFunction = function (handle, methodName, destructorsRef, args) {
        const values = argFromPtr.map((read, i) => read(args + i * GenericWireTypeSize)), target = kind === 3 ? undefined : Emval.toValue(handle);
        const result = kind === 0 ? target(...values) : kind === 2 ? new target(...values) : kind === 3 ? values[0] : target[getStringOrSymbol(methodName)](...values);
        if (!retType.isVoid) return emval_returnValue(toReturnWire, destructorsRef, result);
      };
`,
  },
];

/** Bundles kuzu-wasm without its engine, which is written to a file. */
export const kuzuWasm = (engine) => ({
  name: "kuzu-wasm",
  setup(build) {
    build.onLoad({ filter: /kuzu-wasm[\\/]sync[\\/]index\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      await writeFile(engine, Buffer.from(contents.match(edits[0].from)?.[1] ?? "", "base64"));
      for (const { from, to } of edits) {
        const edited = contents.replace(from, to);
        if (edited === contents) throw new Error(`kuzu-wasm isn't the version that this was written for: it lacks ${from}`);
        contents = edited;
      }
      return { contents, loader: "js" };
    });
  },
});
