using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Types.Counters;
using Crdt.Types.Registers;
using Crdt.Types.Sets;
using Crdt.Types;

namespace Crdt.Tests.Properties.Subjects;

/// <summary>One field as the laws see it: it has a palette of values, and operations name them by number.</summary>
internal abstract class FieldSubject(FieldSchema schema)
{
    public FieldSchema Schema => schema;

    public FieldKind Kind => schema.Kind;

    public abstract int Choices { get; }

    public abstract Field NewField();

    public abstract void Write(IEntity entity, int choice);

    public abstract string Describe(int choice);

    public virtual void Remove(IEntity entity, int choice) => throw new NotSupportedException();

    public virtual string DescribeRemoval(int choice) => throw new NotSupportedException();

    protected TField FieldOf<TField>(IEntity entity)
        where TField : Field => (TField)entity.State.Fields.First(field => field.Id == schema.Id);

    protected static string Show(object? value) => value switch
    {
        null => "nothing",
        string text => $"\"{text}\"",
        byte[] bytes => $"0x{Convert.ToHexString(bytes)}",
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

/// <summary>A last-write-wins register, written through its field or through a property.</summary>
internal sealed class RegisterSubject<T, TCodec>(
    string name, bool nullable, T initial, T[] palette, Func<IEntity, T>? get = null, Action<IEntity, T>? set = null)
    : FieldSubject(new(name, FieldKind.Register, TCodec.Kind, nullable, name)), IRegisterSubject
    where TCodec : IValueCodec<T>
{
    public override int Choices => palette.Length;

    public override Field NewField() => new LwwRegister<T, TCodec>(Schema, initial);

    public override void Write(IEntity entity, int choice)
    {
        if (set is not null) set(entity, palette[choice]);
        else FieldOf<LwwRegister<T, TCodec>>(entity).Value = palette[choice];
    }

    public override string Describe(int choice) => $"sets {Schema.Name} to {Show(palette[choice])}";

    public string? Mismatch(IEntity entity, int? winner, int writes)
    {
        var register = FieldOf<LwwRegister<T, TCodec>>(entity);
        var expected = winner is { } choice ? palette[choice] : initial;
        var read = get is not null ? get(entity) : register.Value;
        if (register.Siblings.Count != writes) return $"{Schema.Name} has {register.Siblings.Count} siblings; the model says {writes}";
        var same = read is null || expected is null ? read is null && expected is null : TCodec.Same(read, expected);
        return same ? null : $"{Schema.Name} reads {Show(read)}; the model says {Show(expected)}";
    }
}

/// <summary>What the model asks of a register.</summary>
internal interface IRegisterSubject
{
    string? Mismatch(IEntity entity, int? winner, int writes);
}

/// <summary>A counter; its choices are amounts.</summary>
internal sealed class CounterSubject(string name, Func<IEntity, long>? get = null, Action<IEntity, long>? add = null)
    : FieldSubject(new(name, FieldKind.Counter, ValueKind.Int64, false, name))
{
    private static readonly long[] Amounts = [1, 10, 100, -3, 1_000, 0, -20_000, int.MaxValue];

    public override int Choices => Amounts.Length;

    public static long Amount(int choice) => Amounts[choice];

    public long Read(IEntity entity) => get is not null ? get(entity) : FieldOf<Counter>(entity).Value;

    public override Field NewField() => new Counter(Schema);

    public override void Write(IEntity entity, int choice)
    {
        if (add is not null) add(entity, Amounts[choice]);
        else FieldOf<Counter>(entity).Add(Amounts[choice]);
    }

    public override string Describe(int choice) => $"adds {Amounts[choice]} to {Schema.Name}";
}

/// <summary>An observed-remove set.</summary>
internal sealed class SetSubject<T, TCodec>(string name, T[] palette, Func<IEntity, ISet<T>>? get = null)
    : FieldSubject(new(name, FieldKind.Set, TCodec.Kind, false, name)), ISetSubject
    where T : notnull
    where TCodec : IValueCodec<T>
{
    public override int Choices => palette.Length;

    public override Field NewField() => new OrSet<T, TCodec>(Schema);

    public override void Write(IEntity entity, int choice) => Of(entity).Add(palette[choice]);

    public override string Describe(int choice) => $"adds {Show(palette[choice])} to {Schema.Name}";

    public override void Remove(IEntity entity, int choice) => Of(entity).Remove(palette[choice]);

    public override string DescribeRemoval(int choice) => $"removes {Show(palette[choice])} from {Schema.Name}";

    public string? Mismatch(IEntity entity, ulong choices)
    {
        var set = Of(entity);
        for (var i = 0; i < palette.Length; i++)
        {
            var expected = (choices & (1ul << i)) != 0;
            if (set.Contains(palette[i]) != expected) return $"{Schema.Name} {(expected ? "lacks" : "has")} {Show(palette[i])}";
        }

        var count = System.Numerics.BitOperations.PopCount(choices);
        return set.Count == count ? null : $"{Schema.Name} has {set.Count} elements; the model says {count}";
    }

    private ISet<T> Of(IEntity entity) => get is not null ? get(entity) : FieldOf<OrSet<T, TCodec>>(entity);
}

/// <summary>What the model asks of a set.</summary>
internal interface ISetSubject
{
    string? Mismatch(IEntity entity, ulong choices);
}
