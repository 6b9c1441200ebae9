using System.Globalization;
using Crdt.Bench.Types;
using Crdt.Conflicts;

namespace Crdt.Bench.Workloads;

/// <content>Workloads that are about what came before: edits apart, removals, a long past, conflicts; and each type by itself.</content>
internal static partial class QuickRun
{
    // Half of the edits are of people that the other side edits too.
    private static void EditApart(TextWriter output)
    {
        var bytes = 0;
        var time = Median(
            () =>
            {
                var (phone, laptop) = (Crowd.Build("phone", Nodes), new Crowd("laptop"));
                laptop.Take(phone.Encode());
                foreach (var person in phone.People.Concat(laptop.People)) person.TakeDelta();
                return (phone, laptop);
            },
            crowds => bytes = Crowd.EditApart(crowds.phone, crowds.laptop, EditCount));
        Report(output, "W4 edits apart, synced both ways", time, Size(bytes));
    }

    private static void AddAndRemove(TextWriter output)
    {
        var left = 0;
        var time = Median(() => new Everything(new("phone"), 1), entity =>
        {
            for (var i = 0; i < Nodes; i++) entity.Tags.Add($"tag {i}");
            for (var i = 0; i < Nodes; i++) entity.Tags.Remove($"tag {i}");
            left = entity.Encode().Length;
        });
        Report(output, "W5 10,000 adds and removes", time, Size(left) + " left");
    }

    private static void LoadThePast(TextWriter output)
    {
        const int Past = 100_000;
        var crowd = Crowd.Build("phone", Nodes);
        for (var i = 0; i < Past; i++) crowd[i % Nodes].Name = $"Renamed {i}";
        var encoded = crowd.Encode();
        Report(output, "W6 load a past of 100,000, read", Median(() => new Crowd("laptop"), loaded => { loaded.Take(encoded); Require(loaded.ReadAll() > 0); }), Size(encoded.Length));
    }

    private static void SettleOne(TextWriter output)
    {
        var time = Median(
            () =>
            {
                var (mine, laptop) = (People.Make(new("phone"), 1), new Replica("laptop"));
                var theirs = Person.Decode(laptop, mine.Encode());
                (mine.Email, theirs.Email) = ("mine@example.org", "theirs@example.org");
                mine.Merge(theirs);
                return mine;
            },
            person =>
            {
                var conflict = (RegisterConflict)person.Conflicts[0];
                conflict.Settle(conflict.Writes[0]);
                Require(person.Conflicts.Count == 0);
            });
        Report(output, "one conflict found and settled", time);
    }

    private static void EachType(TextWriter output)
    {
        const int Times = 1_000;
        output.WriteLine($"  {"ns for one entity of 10 fields",-32}{"mutate",10}{"encode",10}{"decode",10}{"merge",10}{"delta",10}{"join",10}");
        foreach (var name in TypeCase.Names)
        {
            var type = TypeCase.Of(name);
            Action[] work = [type.Mutate, () => type.Mine.Encode(), () => type.Decode(), () => type.Mine.Join(type.Theirs), type.ShipDelta, () => type.JoinEncoded()];
            var times = work.Select(each => Median(() => 0, _ =>
            {
                for (var i = 0; i < Times; i++) each();
            }).TotalNanoseconds / Times);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-32}") + string.Concat(times.Select(time => time.ToString("N0", CultureInfo.InvariantCulture).PadLeft(10))));
        }
    }
}
