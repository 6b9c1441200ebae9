using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Lists;

namespace Crdt.Tests.Properties.Lists;

/// <summary>A copy of an entity with one list, and who writes to it.</summary>
internal sealed class Writer
{
    private static readonly Subject Subject = BareSubject.Of("list", FieldFactory.List<string, TextCodec>("Items"));
    private readonly Replica _replica;

    public Writer(int number, TimeProvider? time = null)
        : this(new Replica($"{number}", World.IdOf(number), 0, time))
    {
        State.Create();
    }

    private Writer(Replica replica, ReadOnlySpan<byte> encoded = default)
    {
        _replica = replica;
        State = encoded.IsEmpty ? Subject.New(replica) : Subject.Decode(encoded, replica);
    }

    public EntityState State { get; }

    public OrderedList<string, TextCodec> List => (OrderedList<string, TextCodec>)State.Fields[0];

    public string Text => string.Concat(List);

    /// <summary>A copy for another writer.</summary>
    public Writer For(int number, TimeProvider? time = null) => new(new Replica($"{number}", World.IdOf(number), 0, time), State.Encode());

    /// <summary>Types at an index, one item after the other.</summary>
    public Writer Type(int index, string text)
    {
        foreach (var letter in text) List.Insert(index++, $"{letter}");
        return this;
    }

    /// <summary>Puts one item before the other at an index, so that the text reads as given in the end.</summary>
    public Writer TypeBackwards(int index, string text)
    {
        foreach (var letter in text.Reverse()) List.Insert(index, $"{letter}");
        return this;
    }

    public static void Sync(params Writer[] writers)
    {
        foreach (var writer in writers)
        {
            foreach (var other in writers) writer.State.Join(other.State);
        }

        foreach (var writer in writers) writer.State.Join(writers[^1].State);
    }
}
