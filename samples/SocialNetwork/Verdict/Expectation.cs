using System.Globalization;
using Crdt.Samples.SocialNetwork.Dataset;
using Crdt.Samples.SocialNetwork.Edits;

namespace Crdt.Samples.SocialNetwork.Verdict;

/// <summary>
/// What every replica has to hold in the end, worked out from the data set and the plan of the edits alone, without the
/// engine. It keeps what the edits touch; all other rows are streamed from the files.
/// </summary>
internal sealed class Expectation
{
    private readonly LdbcData _data;
    private readonly HashSet<NodeKey> _deleted = [];
    private readonly HashSet<LinkKey> _disconnected = [];
    private readonly HashSet<(long Person, string Nickname)> _removedNicknames = [];
    private readonly Dictionary<long, SortedSet<string>> _addedNicknames = [];
    private readonly Dictionary<NodeKey, long> _counters = [];
    private readonly Dictionary<NodeKey, Dictionary<string, string?>> _written = [];
    private readonly HashSet<NodeKey> _created = [];
    private readonly Dictionary<LinkKey, string?[]> _connected = [];

    public Expectation(LdbcData data, EditPlan plan)
    {
        _data = data;
        foreach (var edit in plan.InOrder) edit.Foretell(this);
    }

    public void Write(NodeKey node, string column, string? value)
    {
        if (!_written.TryGetValue(node, out var values)) _written.Add(node, values = []);
        values[column] = value; // Of concurrent writes, the last one wins.
    }

    public void Add(NodeKey node, long amount) => _counters[node] = _counters.GetValueOrDefault(node) + amount;

    public void AddNickname(long person, string nickname)
    {
        if (!_addedNicknames.TryGetValue(person, out var added)) _addedNicknames.Add(person, added = new(StringComparer.Ordinal));
        added.Add(nickname); // An addition wins over a concurrent removal.
    }

    public void RemoveNickname(long person, string nickname) => _removedNicknames.Add((person, nickname));

    public void Create(NodeKey node, params IEnumerable<(string Column, string Value)> values)
    {
        _created.Add(node);
        foreach (var (column, value) in values) Write(node, column, value);
    }

    public void Connect(LinkKey link, string?[] values) => _connected[link] = values;

    public void Disconnect(LinkKey link) => _disconnected.Add(link);

    public void Delete(NodeKey node) => _deleted.Add(node);

    /// <summary>The final value of a counter.</summary>
    public long CounterOf(NodeKey node) => _counters.GetValueOrDefault(node);

    /// <summary>The rows of a table as they have to be, each as the values of its columns; of a relationship, its ends come first. In no order.</summary>
    public IEnumerable<string?[]> Rows(GraphTable table)
    {
        if (!_data.Tables.Contains(table)) return [];
        return table.IsRelationship ? Relationships(table) : Nodes(table);
    }

    private IEnumerable<string?[]> Nodes(GraphTable table)
    {
        var imported = _data.Rows(table).Select(row => Node(table, new(table.Name, row.Int64(0)), row));
        var created = _created.Where(node => node.Table == table.Name).Select(node => Node(table, node, null));
        return imported.Concat(created).OfType<string?[]>();
    }

    /// <summary>A node's row; null where the node was deleted.</summary>
    private string?[]? Node(GraphTable table, NodeKey node, DataRow? row)
    {
        if (_deleted.Contains(node)) return null;
        var written = _written.GetValueOrDefault(node);
        return [.. table.AllColumns.Select((column, i) => column switch
        {
            _ when i == 0 => Text(node.Id),
            "points" or "views" => Text(CounterOf(node)),
            "nicknames" => Nicknames(node.Id, row?.Text(1)),
            _ when written is not null && written.TryGetValue(column, out var value) => value,
            _ => row?.Text(i),
        })];
    }

    private string Nicknames(long person, string? imported)
    {
        var nicknames = new SortedSet<string>(_addedNicknames.GetValueOrDefault(person, []), StringComparer.Ordinal);
        if (imported is not null && !_removedNicknames.Contains((person, imported))) nicknames.Add(imported);
        return Cell.Set(nicknames);
    }

    private IEnumerable<string?[]> Relationships(GraphTable table)
    {
        var imported = _data.Rows(table).Select(row => (Link: new LinkKey(table.Name, row.Int64(0), row.Int64(1)), Values: (string?[])row.Cells[2..]));
        var connected = _connected.Where(entry => entry.Key.Table == table.Name).Select(entry => (Link: entry.Key, Values: entry.Value));
        return imported.Concat(connected).Where(row => IsVisible(table, row.Link)).Select(row => (string?[])[Text(row.Link.Source), Text(row.Link.Target), .. row.Values]);
    }

    private bool IsVisible(GraphTable table, LinkKey link) =>
        !_disconnected.Contains(link) && !_deleted.Contains(new(table.Source!, link.Source)) && !_deleted.Contains(new(table.Target!, link.Target));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
