using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>Finds out what the tables of a database become, and what isn't kept as it is.</summary>
/// <param name="connection">A connection to it.</param>
internal sealed class Planning(KuzuConnection connection)
{
    private const string Altered = "the replica takes letters, digits and '_' as names, each once, and keeps some for itself";

    private readonly List<AdoptionNote> _notes = [];
    private readonly List<AdoptedType> _types = [];
    private readonly Dictionary<string, AdoptedType> _nodes = new(StringComparer.Ordinal);

    /// <summary>Makes the plan.</summary>
    /// <exception cref="AdoptionException">None of the tables can be adopted.</exception>
    public AdoptionPlan Plan(string schemaName)
    {
        var tables = new SourceCatalog(connection).Tables();
        foreach (var table in tables.Where(table => table.Kind is not (SourceTable.Node or SourceTable.Relationship)))
            Note(table, null, AdoptionNote.LeftOut, $"the catalog calls it a {table.Kind}, and only tables of nodes and of relationships are adopted");
        AddNodes([.. tables.Where(table => table.Kind == SourceTable.Node)]);
        AddRelationships([.. tables.Where(table => table.Kind == SourceTable.Relationship)]);
        if (_types.Count == 0) throw new AdoptionException($"There is no table to adopt. {string.Join(' ', _notes.Select(note => note + "."))}".TrimEnd());
        return new(new(schemaName, 1, [.. _types.Select(adopted => adopted.Type)]), _types, _notes);
    }

    private void AddNodes(IReadOnlyList<SourceTable> tables)
    {
        var kept = new List<(SourceTable Table, SourceColumn Key, KeyForm Form)>();
        foreach (var table in tables)
        {
            if (table.Columns.FirstOrDefault(column => column.IsKey) is not { } key) Note(table, null, AdoptionNote.LeftOut, "it has no primary key");
            else if (key.Type is null || KeyForm.Of(key.Type) is not { } form) Note(table, null, AdoptionNote.LeftOut, $"its primary key is of the type {key.Printed}");
            else kept.Add((table, key, form));
        }

        var names = NameChoice.Tables([.. kept.Select(node => node.Table.Name)], []);
        for (var i = 0; i < kept.Count; i++) AddNode(kept[i].Table, names[i], kept[i].Key, kept[i].Form);
    }

    private void AddNode(SourceTable table, string name, SourceColumn key, KeyForm form)
    {
        NoteName(table, null, table.Name, name);
        var columns = Columns(table, [key], out var keyNames);
        var keySchema = new KeySchema(keyNames[0], form.Kind, keyNames[0]);
        NoteName(table, key, key.Name, keySchema.Name);
        if (form.Remark is not null) Note(table, key, $"{form.Kind}", form.Remark);
        if (key.Default is not null) NoteDefault(table, key);
        var type = new EntityType(name, name, EntityType.MainLane, keySchema, null, null, [.. columns.Select(column => column.Field)]);
        var node = new AdoptedType(table, type, columns) { Key = key, KeyForm = form };
        _types.Add(node);
        _nodes.Add(table.Name, node);
    }

    private void AddRelationships(IReadOnlyList<SourceTable> tables)
    {
        var pairs = tables.SelectMany(KeptPairs).ToList();
        var wanted = pairs.Select(pair => pair.Table.Connections.Count == 1 ? pair.Table.Name : $"{pair.Table.Name}_{pair.From.Type.Name}_{pair.To.Type.Name}");
        var names = NameChoice.Tables([.. wanted], _types.Select(node => node.Type.Name));
        for (var i = 0; i < pairs.Count; i++) AddRelationship(pairs[i].Table, names[i], pairs[i].From, pairs[i].To, isFirst: i == 0 || pairs[i - 1].Table != pairs[i].Table);
    }

    private IEnumerable<(SourceTable Table, AdoptedType From, AdoptedType To)> KeptPairs(SourceTable table)
    {
        foreach (var pair in table.Connections)
        {
            if (_nodes.TryGetValue(pair.Source, out var from) && _nodes.TryGetValue(pair.Target, out var to)) yield return (table, from, to);
            else Note(table, null, AdoptionNote.LeftOut, $"it leads from '{pair.Source}' to '{pair.Target}', and one of them is left out");
        }
    }

    private void AddRelationship(SourceTable table, string name, AdoptedType from, AdoptedType to, bool isFirst)
    {
        if (table.Connections.Count > 1) Note(table, null, name, $"a type of its own for those that lead from '{from.Table.Name}' to '{to.Table.Name}', since a type connects two");
        else NoteName(table, null, table.Name, name);
        var notes = _notes.Count;
        var isNumbered = new SourcePages(connection, SourceReading.OfRelationships(table.Name, new(from.Table.Name, to.Table.Name))).HasParallel;
        var columns = Columns(table, isNumbered ? [new SourceColumn("ordinal", "INT64", null, IsKey: true)] : [], out var keyNames);
        NoteMultiplicity(table);
        if (!isFirst) _notes.RemoveRange(notes, _notes.Count - notes); // Said of the table's first pair already.
        if (isNumbered) Note(table, null, $"{name} with the key {keyNames[0]}", "some of its relationships have the same ends, so those are numbered in the order of their content");
        var key = isNumbered ? new KeySchema(keyNames[0], ValueKind.Int64, keyNames[0]) : null;
        var type = new EntityType(name, name, EntityType.MainLane, key, from.Type, to.Type, [.. columns.Select(column => column.Field)]) { Multiplicity = MultiplicityOf(table) };
        _types.Add(new(table, type, columns) { From = from, To = to });
    }

    /// <summary>The columns that become fields, and the names of the keys, which are chosen beside theirs.</summary>
    private List<AdoptedColumn> Columns(SourceTable table, IReadOnlyList<SourceColumn> keys, out IReadOnlyList<string> keyNames)
    {
        var kept = new List<(SourceColumn Column, ValueForm Form)>();
        foreach (var column in table.Columns.Where(column => !column.IsKey))
        {
            if (FormOf(column) is { } form) kept.Add((column, form));
            else Note(table, column, AdoptionNote.LeftOut, $"values of the type {column.Printed} have no form here");
        }

        // A key's name may have to yield where the table has a column that is called so.
        IReadOnlyList<SourceColumn> all = [.. kept.Select(column => column.Column), .. keys];
        var names = NameChoice.Columns([.. all.Select(column => column.Name)]);
        keyNames = [.. names.Skip(kept.Count)];
        for (var i = 0; i < kept.Count; i++) NoteColumn(table, kept[i].Column, names[i], kept[i].Form);
        return [.. kept.Zip(names, (column, name) => new AdoptedColumn(column.Column, name, column.Form))];
    }

    private static ValueForm? FormOf(SourceColumn column) => column.Type switch
    {
        null => null,
        { Name: SourceType.Union } union => UnionForm.OfColumn(union),
        var type => ValueForms.Of(type),
    };

    private void NoteColumn(SourceTable table, SourceColumn column, string name, ValueForm form)
    {
        NoteName(table, column, column.Name, name);
        if (form.Remarks.Count > 0) Note(table, column, $"{form.Schema}", string.Join("; ", form.Remarks.Distinct()));
        if (column.Default is not null) NoteDefault(table, column);
    }

    private static Multiplicity MultiplicityOf(SourceTable table) => table.Multiplicity switch
    {
        "MANY_ONE" => Multiplicity.ManyOne,
        "ONE_MANY" => Multiplicity.OneMany,
        "ONE_ONE" => Multiplicity.OneOne,
        _ => Multiplicity.ManyMany,
    };

    private void NoteMultiplicity(SourceTable table)
    {
        if (table.Multiplicity is null) Note(table, null, "a relationship of any multiplicity", "whether it is MANY_ONE, ONE_MANY or ONE_ONE can't be found out");
    }

    private void NoteName(SourceTable table, SourceColumn? column, string before, string after)
    {
        if (before != after) Note(table, column, $"'{after}'", Altered);
    }

    private void NoteDefault(SourceTable table, SourceColumn column) => Note(table, column, "a field without a default", $"{column.Default} is not filled in where nothing is written");

    private void Note(SourceTable table, SourceColumn? column, string becomes, string reason) => _notes.Add(new(table.Name, column?.Name, becomes, reason));
}
