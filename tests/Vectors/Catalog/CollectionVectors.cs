using Crdt.Codec;
using Crdt.Types.Lists;
using Crdt.Types.Maps;
using Crdt.Types.Sets;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Sets, maps of registers, and lists.</summary>
internal static class CollectionVectors
{
    public static IEnumerable<Vector> All() => [.. Sets(), .. Maps(), .. Lists(), .. ConcurrentLists()];

    private static IEnumerable<Vector> Sets()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Tags);
        var tags = state.Get<OrSet<string, TextCodec>>("Tags");
        foreach (var tag in (string[])["b", "", "é", "a"]) tags.Add(tag);
        yield return Entity("set of text", "A adds \"b\", the empty text, \"\\u00e9\" and \"a\".", Subjects.Tags, state);
        var other = stage.Copy(Subjects.Tags, state, 'B');
        other.Get<OrSet<string, TextCodec>>("Tags").Add("a");
        tags.Add("a");
        tags.Remove("b");
        state.Join(other);
        yield return Entity("set with an element that two hold", "A removes \"b\" and adds \"a\" anew while B adds \"a\" anew.", Subjects.Tags, state);

        var numbers = stage.Create(Subjects.Codes, 'C');
        foreach (var code in (long[])[-1, 0, 64, -65, 1L << 40]) numbers.Get<OrSet<long, Int64Codec>>("Codes").Add(code);
        yield return Entity("set of numbers", "C adds -1, 0, 64, -65 and 2^40: elements are in the order of their bytes.", Subjects.Codes, numbers);
    }

    private static IEnumerable<Vector> Maps()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Labels);
        var labels = state.Get<OrMap<string, TextCodec, string, TextCodec>>("Labels");
        labels["de"] = "Haus";
        labels["en"] = "house";
        labels["x"] = null!;
        yield return Entity("map", "A writes \"Haus\" under \"de\", \"house\" under \"en\" and null under \"x\".", Subjects.Labels, state);
        var other = stage.Copy(Subjects.Labels, state, 'B');
        stage.Tick('B', 10);
        other.Get<OrMap<string, TextCodec, string, TextCodec>>("Labels")["en"] = "home";
        labels["en"] = "building";
        labels.Remove("x");
        state.Join(other);
        yield return Entity("map with siblings", "A removes \"x\" and writes \"building\" under \"en\" while B writes \"home\" there.", Subjects.Labels, state);
    }

    private static IEnumerable<Vector> Lists()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Steps);
        var steps = state.Get<OrderedList<string, TextCodec>>("Steps");
        foreach (var step in (string[])["one", "two", "three"]) steps.Add(step);
        yield return Entity("list", "A appends \"one\", \"two\" and \"three\": one run.", Subjects.Steps, state);
        steps.Insert(1, "one and a half");
        steps.Insert(0, "zero");
        yield return Entity("list with insertions", "A inserts \"one and a half\" behind \"one\" and \"zero\" in front.", Subjects.Steps, state);
        steps.Move(4, 1);
        steps[2] = "ONE";
        steps.RemoveAt(0);
        yield return Entity("list with a move, a change and a removal", "A moves \"three\" behind \"zero\", makes \"one\" \"ONE\" and removes \"zero\".", Subjects.Steps, state);
    }

    private static IEnumerable<Vector> ConcurrentLists()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Steps);
        var steps = state.Get<OrderedList<string, TextCodec>>("Steps");
        foreach (var step in (string[])["a", "b"]) steps.Add(step);
        var other = stage.Copy(Subjects.Steps, state, 'C');
        var there = other.Get<OrderedList<string, TextCodec>>("Steps");
        steps.Insert(1, "A1");
        steps.Insert(2, "A2");
        steps.Move(0, 3);
        there.Insert(1, "C1");
        there.Insert(2, "C2");
        there[0] = "changed";
        state.Join(other);
        yield return Entity("list of two replicas", "A and C insert two items each between \"a\" and \"b\"; A moves \"a\" to the end while C makes it \"changed\".", Subjects.Steps, state);
    }
}
