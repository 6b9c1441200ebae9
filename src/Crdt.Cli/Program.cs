using Crdt.Cli;

return await CommandLine.RunAsync(args).ConfigureAwait(false);
