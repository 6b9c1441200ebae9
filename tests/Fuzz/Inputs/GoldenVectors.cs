namespace Crdt.Tests.Fuzz.Inputs;

/// <summary>The frozen bytes of tests/Vectors, by the first word of their form.</summary>
internal static class GoldenVectors
{
    private static readonly Dictionary<string, List<byte[]>> ByForm = Read();

    public static IEnumerable<byte[]> Of(params string[] forms) => forms.SelectMany(form => ByForm[form]);

    private static Dictionary<string, List<byte[]>> Read()
    {
        var found = new Dictionary<string, List<byte[]>>();
        var form = "";
        foreach (var line in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Vectors"), "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines))
        {
            var (label, text) = line.Split(':', 2) is [var before, var after] ? (before, after.Trim()) : (line, "");
            if (label == "form") form = text.Split(' ', ',')[0];
            if (label is "hex" or "left" or "right" or "row" or "delta") Add(label == "hex" ? form : "state", Convert.FromHexString(text));
        }

        return found;

        void Add(string kind, byte[] bytes)
        {
            if (!found.TryGetValue(kind, out var list)) found.Add(kind, list = []);
            list.Add(bytes);
        }
    }
}
