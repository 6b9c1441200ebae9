using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits the conversions between a key's own type and <c>EntityKey</c>, which knows long, ulong, text and Guid.</summary>
internal static class KeyEmitter
{
    public static string ToKey(KeyModel key) =>
        key.Value is { Key: KeyForm.Integer, Type: not ("long" or "ulong") } ? $"(long){key.Parameter}" : key.Parameter;

    public static string FromId(KeyModel key, EntityModel entity)
    {
        var read = $"id.KeyOf({entity.Layout}.Type)";
        return key.Value.Key switch
        {
            KeyForm.Integer => $"({key.Value.Type}){read}.AsInteger()",
            KeyForm.Text => $"{read}.AsText()",
            _ => $"{read}.AsGuid()",
        };
    }
}
