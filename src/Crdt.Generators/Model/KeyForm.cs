namespace Crdt.Generators.Model;

/// <summary>The forms of key that <c>Crdt.Entities.EntityKey</c> has.</summary>
internal enum KeyForm
{
    None,
    Integer,
    Text,
    Guid,
}
