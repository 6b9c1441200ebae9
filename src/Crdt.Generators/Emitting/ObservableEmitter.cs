using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits what tells user interfaces of changed properties.</summary>
internal static class ObservableEmitter
{
    private const string Namespace = "global::System.ComponentModel";

    public static string BaseOf(EntityModel entity) => entity.IsObservable ? $",\n    {Namespace}.INotifyPropertyChanged" : "";

    /// <summary>What the constructor does to hear of changes.</summary>
    public static string SubscriptionOf(EntityModel entity) => $"{entity.State}.Changed += Tell;";

    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        writer.Write($"""
            /// <summary>Raised after a write or a merge has changed a property.</summary>
            public event {Namespace}.PropertyChangedEventHandler? PropertyChanged;

            private void Tell(global::Crdt.Schema.FieldSchema? field) => PropertyChanged?.Invoke(this, new(field?.Name switch
            """);
        writer.Write("{");
        foreach (var field in entity.Fields) writer.Write($"    {Literal.Of(field.DataName)} => {Literal.Of(field.Property.Name.TrimStart('@'))},");
        writer.Write("    _ => \"IsAlive\",");
        writer.Write("}));\n");
    }
}
