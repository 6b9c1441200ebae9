namespace Crdt.Generators.Model;

/// <summary>How a field merges; the names are those of <c>Crdt.Schema.FieldKind</c>.</summary>
internal enum FieldForm
{
    Register,
    MultiValue,
    Max,
    Min,
    Counter,
    GrowOnlyCounter,
    BoundedCounter,
    EnableWins,
    DisableWins,
    Set,
    Map,
    CounterMap,
    List,
}
