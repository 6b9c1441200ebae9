namespace Crdt;

/// <summary>
/// Lets rows of a query be read into a partial class, record or struct: each parameter of its constructor, and each property that can be
/// set, has the value of the column of its name. The generator implements <see cref="Queries.IQueryResult{TSelf}"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class QueryResultAttribute : Attribute;
