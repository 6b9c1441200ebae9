using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Sync.Batches;

/// <summary>Into which columns the payload of a write is taken apart.</summary>
internal enum PayloadForm
{
    /// <summary>The grammar has none.</summary>
    None,

    /// <summary>One column of bytes, also for kinds that this build doesn't know.</summary>
    Opaque,

    /// <summary>A stamp, flags and a value.</summary>
    Register,

    /// <summary>Two numbers.</summary>
    Counter,

    /// <summary>One number.</summary>
    Tally,

    /// <summary>A stamp, steps, a stamp and a value.</summary>
    Item,
}

/// <summary>Which kind has which payload. It is part of the wire format: a kind that is added to it gets a new form of batches.</summary>
internal static class PayloadForms
{
    public static PayloadForm Of(FieldKind kind) => kind switch
    {
        FieldKind.Register or FieldKind.MultiValue or FieldKind.Max or FieldKind.Min or FieldKind.Map => PayloadForm.Register,
        FieldKind.Counter or FieldKind.CounterMap => PayloadForm.Counter,
        FieldKind.GrowOnlyCounter => PayloadForm.Tally,
        FieldKind.List => PayloadForm.Item,
        _ => EncodedEntity.HasPayload(kind) ? PayloadForm.Opaque : PayloadForm.None,
    };
}
