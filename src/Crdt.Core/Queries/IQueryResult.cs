namespace Crdt.Queries;

/// <summary>A type that rows of a query can be read into. The generator implements it for types marked <see cref="QueryResultAttribute"/>.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IQueryResult<TSelf>
    where TSelf : IQueryResult<TSelf>
{
    /// <summary>The members that are read, in the order in which <see cref="Read"/> counts them.</summary>
    static abstract ResultShape Shape { get; }

    /// <summary>Makes one from a row, or from a STRUCT inside of it.</summary>
    /// <exception cref="QueryResultException">A value doesn't fit its member.</exception>
    static abstract TSelf Read(MemberReader members);
}
