using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits the private fields, the constructor that sets them, and the properties that show them.</summary>
internal static class MemberEmitter
{
    public static void EmitStorage(SourceWriter writer, EntityModel entity)
    {
        if (entity.Key is { } key) writer.Write($"private readonly {key.Value.Type} {key.Member};");
        foreach (var field in entity.Fields) writer.Write($"private readonly {StorageOf(field)} {field.Member};");
        if (entity.Key is not null || entity.Fields.Count > 0) writer.Write("");
    }

    public static void EmitConstructor(SourceWriter writer, EntityModel entity)
    {
        writer.Write($"private {entity.Declaration.Name}(global::Crdt.Entities.EntityId id, global::Crdt.Entities.Author? author)");
        writer.Open();
        if (entity.Key is { } key) writer.Write($"{key.Member} = {KeyEmitter.FromId(key, entity)};");
        EmitNewFields(writer, entity);
        writer.Write($"{entity.State} = new({entity.Layout}.Type, id, author{(entity.Fields.Count == 0 ? "" : ", ")}{ListOfFields(entity)});");
        if (entity.IsObservable) writer.Write(ObservableEmitter.SubscriptionOf(entity));
        writer.Close();
        writer.Write("");
    }

    /// <summary>Emits the lines that make the fields of a new object, of which nothing is known yet.</summary>
    public static void EmitNewFields(SourceWriter writer, EntityModel entity)
    {
        foreach (var field in entity.Fields) writer.Write($"{field.Member} = {Construction(field, $"{entity.Layout}.{field.Descriptor}")};");
    }

    public static string ListOfFields(EntityModel entity) => string.Join(", ", entity.Fields.Select(field => field.Member));

    public static void EmitState(SourceWriter writer, EntityModel entity)
    {
        writer.Write($$"""
            /// <inheritdoc cref="global::Crdt.Entities.IEntity{TSelf}.EntityType"/>
            public static global::Crdt.Schema.EntityType EntityType => {{entity.Layout}}.Type;

            """);
        writer.Write(entity.StateIsPublic
            ? $$"""
            /// <inheritdoc/>
            public global::Crdt.Entities.EntityState {{entity.State}} { get; }

            """
            : $$"""
            private global::Crdt.Entities.EntityState {{entity.State}} { get; }

            global::Crdt.Entities.EntityState global::Crdt.Entities.IEntity.State => {{entity.State}};

            """);
    }

    public static void EmitProperties(SourceWriter writer, EntityModel entity)
    {
        if (entity.Key is { } key) writer.Write($"{Head(key.Property)} => {key.Member};\n");
        foreach (var field in entity.Fields)
        {
            if (IsCollection(field.Form))
            {
                writer.Write($"{Head(field.Property)} => {field.Member};\n");
                continue;
            }

            EmitAccessors(writer, field.Property, $"{field.Member}.Value", $"{field.Member}.Value = value");
            if (field.Form == FieldForm.BoundedCounter) BoundedEmitter.Emit(writer, field);
        }

        foreach (var property in entity.Placeholders) EmitAccessors(writer, property, "throw null!", "throw null!");
    }

    /// <summary>The type of a register's value, as its codec, its rule and its storage name it.</summary>
    public static string ArgumentsOf(FieldModel field)
    {
        if (!field.Nullable) return $"<{field.Value.Type}, {field.Value.Codec}>";
        var codec = field.Value.IsReference ? field.Value.Codec : $"global::Crdt.Codec.NullableCodec<{field.Value.Type}, {field.Value.Codec}>";
        return $"<{field.Value.Type}?, {codec}>";
    }

    private static bool IsCollection(FieldForm form) =>
        form is FieldForm.Set or FieldForm.Map or FieldForm.CounterMap or FieldForm.List or FieldForm.MultiValue;

    private static void EmitAccessors(SourceWriter writer, PropertyModel property, string get, string set)
    {
        writer.Write(Head(property));
        writer.Open();
        if (property.Getter.Length > 0) writer.Write($"{property.Getter} => {get};");
        if (property.Setter.Length > 0) writer.Write($"{property.Setter} => {set};");
        writer.Close();
        writer.Write("");
    }

    private static string StorageOf(FieldModel field) => "global::Crdt.Types." + field.Form switch
    {
        FieldForm.Register => "Registers.LwwRegister" + ArgumentsOf(field),
        FieldForm.MultiValue => "Registers.MultiValueRegister" + ArgumentsOf(field),
        FieldForm.Max => "Registers.MaxRegister" + ArgumentsOf(field),
        FieldForm.Min => "Registers.MinRegister" + ArgumentsOf(field),
        FieldForm.Counter => "Counters.Counter",
        FieldForm.GrowOnlyCounter => "Counters.GrowOnlyCounter",
        FieldForm.BoundedCounter => "Counters.BoundedCounter",
        FieldForm.EnableWins => "Flags.EnableWinsFlag",
        FieldForm.DisableWins => "Flags.DisableWinsFlag",
        FieldForm.Map => $"Maps.OrMap<{KeyOf(field)}, {ArgumentsOf(field).Substring(1)}",
        FieldForm.CounterMap => $"Maps.CounterMap<{KeyOf(field)}>",
        FieldForm.List => "Lists.OrderedList" + ArgumentsOf(field),
        _ => "Sets.OrSet" + ArgumentsOf(field),
    };

    private static string KeyOf(FieldModel field) => $"{field.Key!.Type}, {field.Key.Codec}";

    // The constructor of a record may refuse the initial values of its members, which must not keep an entity from being made.
    private static string Construction(FieldModel field, string descriptor)
    {
        if (field.Form is not (FieldForm.Register or FieldForm.Max or FieldForm.Min)) return $"new({descriptor})";
        if (field.Nullable) return $"new({descriptor}, null)";
        return field.Value.Initial.StartsWith("new(", StringComparison.Ordinal)
            ? $"{StorageOf(field)}.Lazy({descriptor}, static () => {field.Value.Initial})"
            : $"new({descriptor}, {field.Value.Initial})";
    }

    private static string Head(PropertyModel property) => $"{property.Modifiers} {property.Type} {property.Name}";
}
