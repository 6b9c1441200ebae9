using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Samples.SocialNetwork;

/// <summary>Changes one value in a Kuzu database behind its replica's back.</summary>
internal static class Tampering
{
    public static void Apply(string path)
    {
        using var database = KuzuDatabase.Open(path);
        using var connection = database.Connect();
        connection.Execute("MATCH (p:Person) WITH p ORDER BY p.id LIMIT 1 SET p.firstName = 'Nobody'");
    }
}
