namespace Crdt.Tests.Generators.Features;

/// <summary>A record that refuses some of what its type allows.</summary>
public sealed record Percent(int Value)
{
    /// <summary>0 to 100.</summary>
    public int Value { get; init; } = Value is >= 0 and <= 100 ? Value : throw new ArgumentOutOfRangeException(nameof(Value));
}

/// <summary>A record that has no initial value.</summary>
public sealed record Mail(string Text)
{
    /// <summary>Never empty.</summary>
    public string Text { get; init; } = Text.Length > 0 ? Text : throw new ArgumentException("An address is not empty.", nameof(Text));
}

/// <summary>A class that holds one.</summary>
[CrdtNode]
public partial class Validated
{
    [Key] public partial int Id { get; }

    [Lww] public partial Percent? Share { get; set; }

    /// <summary>What its constructor refuses to make of an initial value.</summary>
    [Lww] public partial Mail Address { get; set; }
}
