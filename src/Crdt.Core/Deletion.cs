namespace Crdt;

/// <summary>What becomes of an entity that one replica deletes while another writes to it.</summary>
public enum Deletion
{
    /// <summary>It stays deleted and nothing of it is left but what was written concurrently, which is listed as a conflict.</summary>
    DeleteWins,

    /// <summary>It comes back as a whole: every write renews it. The price is that the fields of a deleted entity stay stored, hidden.</summary>
    UpdateWins,
}
