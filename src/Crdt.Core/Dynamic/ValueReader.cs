using System.Collections.ObjectModel;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Dynamic;

/// <summary>Turns canonical bytes of a type that is only known from its schema into objects.</summary>
internal static class ValueReader
{
    /// <summary>
    /// The value as the C# type of its kind: an enum as its name, or its number where it has no name here; a list as a list of
    /// objects; a record as a dictionary of its members by name.
    /// </summary>
    /// <exception cref="WireFormatException">The bytes are no value of that type.</exception>
    public static object? Decode(ValueSchema type, WireReader value)
    {
        switch (type.Kind)
        {
            case ValueKind.Optional: return OptionalForm.IsPresent(ref value) ? Decode(type.Element!, value) : null;
            case ValueKind.List: return ReadList(type, value);
            case ValueKind.Record: return ReadRecord(type, value);
            default:
                var read = ValueTypes.TryVisit(type, new Decoder(value), out object simple) ? simple : throw new NotSupportedException($"Values of type {type} can't be read.");
                return type.Kind == ValueKind.Enum ? NameOf(type, read) : read;
        }
    }

    /// <summary>What a register of that type reads as before it is written: 0, false, empty text, the year 1.</summary>
    public static object? Initial(ValueSchema type) => type.Kind switch
    {
        ValueKind.Optional => null,
        ValueKind.List => ReadOnlyCollection<object?>.Empty,
        ValueKind.Record => type.Members.ToDictionary(member => member.Name, member => Initial(member.Value)),
        ValueKind.Text => "",
        ValueKind.Bytes => Array.Empty<byte>(),
        ValueKind.DateTime => new DateTime(0, DateTimeKind.Utc),
        _ => ValueTypes.TryVisit(type, default(Default), out object initial) && type.Kind == ValueKind.Enum ? NameOf(type, initial) : initial,
    };

    private static ReadOnlyCollection<object?> ReadList(ValueSchema type, WireReader value)
    {
        var items = new List<object?>();
        while (value.Remaining > 0)
        {
            if (items.Count == WireLimits.Items) throw value.Malformed($"a list exceeds {WireLimits.Items} items");
            items.Add(Decode(type.Element!, value.ReadNested()));
        }

        return items.AsReadOnly();
    }

    private static Dictionary<string, object?> ReadRecord(ValueSchema type, WireReader value)
    {
        var members = new Dictionary<string, object?>(type.Members.Count);
        foreach (var member in type.Members) members.Add(member.Name, Decode(member.Value, value.ReadNested()));
        value.End();
        return members;
    }

    private static object NameOf(ValueSchema type, object number)
    {
        var bits = number is ulong large ? (long)large : (long)(Int128)NumberConversion.To<Int128>(number)!;
        return type.Names.FirstOrDefault(known => known.Number == bits).Name ?? number;
    }

    private readonly ref struct Decoder(WireReader value) : IValueVisitor<object>
    {
        private readonly WireReader _value = value;

        public object Visit<T, TCodec>()
            where T : notnull
            where TCodec : IValueCodec<T>
        {
            var reader = _value;
            var read = TCodec.Read(ref reader);
            reader.End();
            return read;
        }
    }

    private readonly struct Default : IValueVisitor<object>
    {
        public object Visit<T, TCodec>()
            where T : notnull
            where TCodec : IValueCodec<T> => default(T)!;
    }
}
