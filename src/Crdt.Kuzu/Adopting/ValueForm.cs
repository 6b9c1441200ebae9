using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>What values of a type of the adopted database become.</summary>
/// <param name="Schema">Their type in the replica.</param>
/// <param name="Convert">Turns a value that the binding read, which isn't null, into one that a transaction takes.</param>
/// <param name="Remarks">What isn't as it was, in sentences without their full stop; none where nothing is to be said.</param>
internal sealed record ValueForm(ValueSchema Schema, Func<object, object?> Convert, params IReadOnlyList<string> Remarks)
{
    /// <summary>The same as a part of a list or a record, where it may be absent.</summary>
    public ValueSchema Part => ValueSchema.Optional(Schema);

    /// <summary>Turns a value into one that a transaction takes, and NULL into null.</summary>
    public object? Of(object? value) => value is null ? null : Convert(value);
}
