namespace Crdt.Browser.Storage;

/// <summary>The object stores of a database, by the numbers that <c>web/src/records/layout.ts</c> gives them.</summary>
internal enum RecordStore
{
    /// <summary>What the store says of itself, and its lanes; see <see cref="Meta"/>.</summary>
    Meta = 0,

    /// <summary>Entities by their ids; <see cref="EntityKeys"/> lead to them too.</summary>
    Entity = 1,

    /// <summary>Events by lane and place, and by lane, origin and dot; see <see cref="EventKeys"/>.</summary>
    Event = 2,

    /// <summary>Which entities a commit changed, by revision and part.</summary>
    Change = 3,

    /// <summary>Notes by their keys.</summary>
    Note = 4,

    /// <summary>Rows that are put aside, by stage and id.</summary>
    Staged = 5,

    /// <summary>What takes back a batch that isn't committed, by the number of its part.</summary>
    Undo = 6,

    /// <summary>Keys of WebCrypto by their public keys, which only <c>web/src/keys.ts</c> works with.</summary>
    Key = 7,
}
