namespace Crdt.Kuzu.Adopting;

/// <summary>How far an adoption has come.</summary>
/// <param name="Table">The table that is read, as the adopted database calls it.</param>
/// <param name="Rows">How many rows of all tables were read.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct AdoptionProgress(string Table, long Rows, long Total);
