using Crdt.Samples.SocialNetwork.Dataset;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Import;

/// <summary>Turns rows of the data set into objects of the model.</summary>
internal static partial class RowMapping
{
    /// <summary>What adds a row of a table to a transaction.</summary>
    public static Action<GraphTransaction, DataRow> For(GraphTable table) => table.IsRelationship ? Relationships[table.Name] : Nodes[table.Name];
}
