using Crdt.Testing.Subjects;
using FsCheck;

namespace Crdt.Testing.Histories;

/// <summary>Operations and exchanges among copies of one entity.</summary>
internal sealed class History(Subject subject, Operation[] operations, ulong seed)
{
    private const int Longest = 28;

    // Writes are commonest, and a deletion is mostly followed by a re-creation, so that most copies stay alive.
    private static readonly Step[] Mix =
    [
        Step.Write, Step.Write, Step.Write, Step.Write, Step.Write, Step.Write, Step.Remove, Step.Remove, Step.Create, Step.Create,
        Step.Delete, Step.Merge, Step.Merge, Step.Merge, Step.Ship, Step.Ship, Step.Ship, Step.Deliver, Step.Fork, Step.Reload, Step.Tick, Step.Elsewhere,
    ];

    public Subject Subject => subject;

    public Operation[] Operations => operations;

    /// <summary>For the choices that a law makes; kept while the history shrinks.</summary>
    public Dice Dice() => new(seed);

    /// <summary>The same operations on another subject, which has the same fields.</summary>
    public History On(Subject other) => new(other, operations, seed);

    public World Run() => new World(subject).Run(operations);

    /// <summary>What happened, in words.</summary>
    public override string ToString()
    {
        var log = new List<string>();
        try
        {
            new World(subject, log).Run(operations);
        }
        catch (Exception error)
        {
            log.Add($"... and then: {error.GetType().Name}: {error.Message}");
        }

        return $"{subject}:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", log)}";
    }

    public static Arbitrary<History> Of(Subject subject) => Cases.From(dice => Make(subject, dice), Shrink);

    public static History Make(Subject subject, Dice dice)
    {
        var operations = new Operation[2 + dice.Below(Longest - 1)];
        operations[0] = new(Step.Create, 0, 0, 0, 0);
        for (var i = 1; i < operations.Length; i++)
        {
            var bits = dice.Next();
            operations[i] = new(Mix[(bits & 0xFFFF) % (ulong)Mix.Length], (byte)(bits >> 16), (byte)(bits >> 24), (byte)(bits >> 32), (byte)(bits >> 40), (byte)(bits >> 48));
        }

        return new(subject, operations, dice.Next());
    }

    private static IEnumerable<History> Shrink(History history)
    {
        var all = history.Operations;
        for (var part = all.Length / 2; part >= 1; part /= 2)
        {
            for (var start = 0; start + part <= all.Length; start += part)
                yield return history.With([.. all[..start], .. all[(start + part)..]]);
        }

        for (var i = 0; i < all.Length; i++)
        {
            foreach (var simpler in Simpler(all[i]))
            {
                var operations = all.ToArray();
                operations[i] = simpler;
                yield return history.With(operations);
            }
        }
    }

    private static IEnumerable<Operation> Simpler(Operation operation)
    {
        if (operation.Copy > 5) yield return operation with { Copy = (byte)(operation.Copy % 3) };
        if (operation.Other > 5) yield return operation with { Other = (byte)(operation.Other % 3) };
        if (operation.Field > 0) yield return operation with { Field = 0 };
        if (operation.Choice > 0) yield return operation with { Choice = 0 };
        if (operation.Place > 0) yield return operation with { Place = 0 };
    }

    private History With(Operation[] operations) => new(subject, operations, seed);
}
