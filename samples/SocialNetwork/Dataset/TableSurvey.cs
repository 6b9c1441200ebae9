namespace Crdt.Samples.SocialNetwork.Dataset;

/// <summary>What the files of one table hold.</summary>
/// <param name="Rows">The rows that are imported.</param>
/// <param name="Duplicates">Rows that repeat a node or a pair of ends; they are left out.</param>
/// <param name="Dangling">Relationships with an end that isn't there; they are left out.</param>
internal readonly record struct TableSurvey(long Rows, long Duplicates, long Dangling);
