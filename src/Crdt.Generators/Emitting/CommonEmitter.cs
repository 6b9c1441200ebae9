using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits what nodes and relationships have in common: codec, merge, liveness and equality.</summary>
internal static class CommonEmitter
{
    private const string Bytes = "global::System.ReadOnlySpan<byte>";
    private const string BytesInComments = "global::System.ReadOnlySpan{byte}";
    private const string Segments = "global::System.Buffers.ReadOnlySequence<byte>";

    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        var (name, state) = (entity.Declaration.Name, entity.State);
        EmitCodec(writer, name, name.TrimStart('@'), entity);
        EmitMerge(writer, name, name.TrimStart('@'), state);
        EmitLiveness(writer, state);
        EmitEquality(writer, name, entity);
        writer.Write($"""
            static {name} global::Crdt.Entities.IEntity<{name}>.Create(global::Crdt.Entities.EntityId id, global::Crdt.Entities.Author? author) =>
                new(id, author);

            """);
    }

    private static void EmitCodec(SourceWriter writer, string name, string shown, EntityModel entity) => writer.Write($$"""
        /// <summary>Reads what <see cref="Encode()"/> or <see cref="TakeDelta()"/> wrote.</summary>
        /// <param name="replica">Who writes through the object; null for one that can only be read and merged.</param>
        /// <param name="encoded">The bytes.</param>
        /// <exception cref="global::Crdt.Codec.WireFormatException">The bytes are no encoded {{shown}}.</exception>
        public static {{name}} Decode(global::Crdt.Replica? replica, {{Bytes}} encoded)
        {
            {{name}} decoded = new(global::Crdt.Entities.EntityState.ReadId(encoded, {{entity.Layout}}.Type), replica);
            decoded.{{entity.State}}.Decode(encoded);
            return decoded;
        }

        /// <summary>Reads what <see cref="Encode()"/> or <see cref="TakeDelta()"/> wrote, to be read and merged only.</summary>
        /// <param name="encoded">The bytes.</param>
        /// <exception cref="global::Crdt.Codec.WireFormatException">The bytes are no encoded {{shown}}.</exception>
        public static {{name}} Decode({{Bytes}} encoded) => Decode(null, encoded);

        /// <inheritdoc cref="Decode(global::Crdt.Replica?, {{BytesInComments}})"/>
        public static {{name}} Decode(global::Crdt.Replica? replica, in {{Segments}} encoded)
        {
            using var whole = new global::Crdt.Codec.ContiguousBytes(encoded);
            return Decode(replica, whole.Span);
        }

        /// <inheritdoc cref="Decode({{BytesInComments}})"/>
        public static {{name}} Decode(in {{Segments}} encoded) => Decode(null, encoded);

        /// <inheritdoc cref="global::Crdt.Entities.EntityState.Encode()"/>
        public byte[] Encode() => {{entity.State}}.Encode();

        /// <inheritdoc cref="global::Crdt.Entities.EntityState.TakeDelta()"/>
        public byte[] TakeDelta() => {{entity.State}}.TakeDelta();

        """);

    private static void EmitMerge(SourceWriter writer, string name, string shown, string state) => writer.Write($$"""
        /// <summary>Joins another copy into this one; afterwards this one has seen all that the other has.</summary>
        /// <param name="other">The other copy, which stays as it is.</param>
        /// <exception cref="global::System.ArgumentException">The other is another {{shown}}.</exception>
        public void Merge({{name}} other)
        {
            global::System.ArgumentNullException.ThrowIfNull(other);
            {{state}}.Join(other.{{state}});
        }

        /// <summary>Joins what <see cref="TakeDelta()"/> or <see cref="Encode()"/> of another copy wrote into this one.</summary>
        /// <param name="delta">The bytes.</param>
        /// <exception cref="global::Crdt.Codec.WireFormatException">The bytes are no encoded {{shown}}.</exception>
        /// <exception cref="global::System.ArgumentException">They are another {{shown}}.</exception>
        public void MergeDelta({{Bytes}} delta) => Merge(Decode(delta));

        /// <inheritdoc cref="MergeDelta({{BytesInComments}})"/>
        public void MergeDelta(in {{Segments}} delta) => Merge(Decode(delta));

        """);

    private static void EmitLiveness(SourceWriter writer, string state) => writer.Write($"""
        /// <inheritdoc cref="global::Crdt.Entities.EntityState.Conflicts"/>
        public global::System.Collections.Generic.IReadOnlyList<global::Crdt.Conflicts.EntityConflict> Conflicts => {state}.Conflicts;

        /// <inheritdoc cref="global::Crdt.Entities.EntityState.IsAlive"/>
        public bool IsAlive => {state}.IsAlive;

        /// <inheritdoc cref="global::Crdt.Entities.EntityState.Delete()"/>
        public void Delete() => {state}.Delete();

        """);

    private static void EmitEquality(SourceWriter writer, string name, EntityModel entity)
    {
        // What derives from a record is another kind of thing, seen from either side; the compiler adds Equals(object) itself.
        var isOpen = entity.Record is { IsSealed: false };
        var sameKind = isOpen ? "EqualityContract == other.EqualityContract && " : "";
        writer.Write($"""
            /// <summary>Whether both are the same entity with the same writes in force, whatever else either has seen.</summary>
            /// <param name="other">The other copy.</param>
            public {(isOpen ? "virtual " : "")}bool Equals({name}? other) => other is not null && {sameKind}{entity.State}.HasSameValue(other.{entity.State});

            """);
        if (entity.Record is null) writer.Write($"""
            /// <inheritdoc/>
            public override bool Equals(object? obj) => Equals(obj as {name});

            """);
        writer.Write($"""
            /// <summary>The identity's hash code, which no write changes.</summary>
            public override int GetHashCode() => {entity.State}.Id.GetHashCode();

            """);
    }
}
