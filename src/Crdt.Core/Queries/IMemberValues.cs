namespace Crdt.Queries;

/// <summary>Where the values of members come from: a row, a STRUCT, or an object in JSON.</summary>
internal interface IMemberValues
{
    /// <summary>The value of a member.</summary>
    object? this[int member] { get; }

    /// <summary>The name that it has there.</summary>
    string ColumnOf(int member);
}
