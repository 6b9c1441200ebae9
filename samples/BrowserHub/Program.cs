using Crdt.AspNetCore.Endpoints;
using Crdt.AspNetCore.Hosting;
using Crdt.Sqlite;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

// The page and its hub on this machine: dotnet run --project samples/BrowserHub SITE DATA ADDRESS
if (args is not [var site, var data, var address])
{
    Console.Error.WriteLine("usage: SITE (the folder of the published page) DATA (a folder for the hub's replica) ADDRESS (such as http://127.0.0.1:7480)");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(address);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddCrdtHub(
    hub =>
    {
        (hub.Name, hub.Graph) = ("hub", "together");
        hub.Replica = replica =>
        {
            replica.Folder = data;
            replica.UseSqlite();
        };
    },
    options =>
    {
        // Everybody who reaches it may read and write everything: right for a page to play with on one machine, and for nothing else. docs/hub.md says how people are let in.
        options.AllowsAnonymousForDevelopment = true;
        options.AllowedOrigins.UnionWith([address, address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)]);
    });

var app = builder.Build();
app.UseWebSockets();
app.MapCrdtSync("/sync");
var files = new PhysicalFileProvider(Path.GetFullPath(site));
app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
app.UseStaticFiles(new StaticFileOptions
{
    FileProvider = files,
    ContentTypeProvider = new FileExtensionContentTypeProvider { Mappings = { [".dll"] = "application/octet-stream" } },
    OnPrepareResponse = static context =>
    {
        // As a header it holds for the page's workers, too. WebAssembly is compiled there, and nothing else is made of text.
        context.Context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        // Files of two builds don't fit together; those that haven't changed aren't sent again.
        context.Context.Response.Headers.CacheControl = "no-cache";
    },
});
await app.StartAsync();
Console.WriteLine($"listening at {address}");
await app.WaitForShutdownAsync();
return 0;
