using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Crdt.Cli.Output;

/// <summary>
/// Where the tool reports: tables and sentences for people, or one JSON object for scripts. Results go to standard output; progress and failures go to standard error, so that neither gets into a pipe.
/// </summary>
internal sealed class ToolOutput(bool isJson)
{
    private const int MostColumns = 1000;
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly IAnsiConsole _people = ForPeople();
    private readonly TextWriter _errors = Console.Error;

    /// <summary>Whether scripts read it.</summary>
    public bool IsJson => isJson;

    /// <summary>Reports what came of a verb.</summary>
    /// <param name="json">For scripts.</param>
    /// <param name="show">For people.</param>
    public void Report(JsonObject json, Action<IAnsiConsole> show)
    {
        if (isJson) Console.Out.WriteLine(json.ToJsonString(Form));
        else show(_people);
    }

    /// <summary>Reports one thing of many as it happens: a line of JSON, or a sentence.</summary>
    public void ReportLine(JsonObject json, string sentence) => Console.Out.WriteLine(isJson ? json.ToJsonString() : sentence);

    /// <summary>Says something on the way that scripts don't need.</summary>
    public void Say(string text)
    {
        if (!isJson) _errors.WriteLine(text);
    }

    /// <summary>Says why it can't go on.</summary>
    public void Fail(Failure failure)
    {
        if (isJson) Console.Out.WriteLine(new JsonObject { ["error"] = failure.Kind, ["code"] = (int)failure.Code, ["message"] = failure.Message }.ToJsonString(Form));
        _errors.WriteLine($"crdt: {failure.Message}");
    }

    // What goes into a pipe or a file has no width to keep to.
    private static IAnsiConsole ForPeople()
    {
        if (Console.IsOutputRedirected) (AnsiConsole.Profile.Width, AnsiConsole.Profile.Capabilities.Ansi) = (MostColumns, false);
        return AnsiConsole.Console;
    }

    /// <summary>Runs something that may take long; from the first second on it is said how far it has come.</summary>
    public async Task<T> WithProgressAsync<T>(string what, Func<Progression, Task<T>> work)
    {
        using var progress = new Progression(what, isJson ? TextWriter.Null : _errors);
        return await work(progress).ConfigureAwait(false);
    }
}
