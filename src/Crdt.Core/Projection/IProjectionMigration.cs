namespace Crdt.Projection;

/// <summary>
/// A graph database that is led to a changed schema in place. It has all tables and columns when it is opened; what columns show that are new,
/// or that mean something else now, has to be written.
/// </summary>
public interface IProjectionMigration
{
    /// <summary>What is still to be written since the schema was changed; null where it is all there.</summary>
    ProjectionMigration? Migration { get; }

    /// <summary>Says that it was written.</summary>
    /// <exception cref="ProjectionException">It can't be noted down.</exception>
    ValueTask CompleteMigrationAsync(CancellationToken cancellationToken = default);
}
