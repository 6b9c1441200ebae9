/** What the page uses of .NET's loader, which lies beside the site's other files. */
declare module "*/_framework/dotnet.js" {
  type Call = (...values: unknown[]) => unknown;

  interface Runtime {
    readonly Module: { readonly HEAPU8: Uint8Array };
    setModuleImports(name: string, imports: Record<string, Call>): void;
    getAssemblyExports(assembly: string): Promise<{ readonly Crdt: { readonly Samples: { readonly Browser: { readonly Calls: Record<string, Record<string, Call>> } } } }>;
  }

  interface Builder {
    withModuleConfig(config: { onAbort(reason: unknown): void }): Builder;
    create(): Promise<Runtime>;
  }

  export const dotnet: Builder;
}
