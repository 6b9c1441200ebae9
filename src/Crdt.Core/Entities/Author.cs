using Crdt.Clocks;
using Crdt.Kernel;

namespace Crdt.Entities;

/// <summary>Whoever writes: gives every write its dot and stamp. Either a <see cref="Replica"/> or an open transaction.</summary>
public abstract class Author
{
    private protected Author()
    {
    }

    /// <summary>Its id in dots.</summary>
    internal abstract ReplicaId WriterId { get; }

    /// <summary>Takes the next dot for a write to <paramref name="entity"/>.</summary>
    internal abstract Write NextWrite(EntityState entity);

    /// <summary>Takes note of a stamp that is about to be overwritten, so that the next one is later.</summary>
    internal abstract void Observe(Stamp stamp);

    /// <summary>Whether a counter's dot is this author's own and has not been replaced through another copy of the entity.</summary>
    internal abstract bool MayFold(EntityState entity, uint field, Dot dot);

    /// <summary>Whether a copy that holds <paramref name="dots"/> of a counter knows all that this author has done to it, through whichever copy.</summary>
    internal abstract bool HoldsNewest<T>(EntityState entity, uint field, DotFun<T> dots);

    /// <summary>Takes note that a counter's <paramref name="dots"/> are replaced by <paramref name="by"/>.</summary>
    internal abstract void Fold(EntityState entity, uint field, CausalContext dots, Dot by);

    /// <summary>Takes note that a bounded counter was to be lowered by more than this author has rights for.</summary>
    internal virtual void Lack(EntityState entity, uint field, long amount)
    {
    }

    /// <summary>Says why objects of this author don't merge, or null where they do.</summary>
    internal virtual string? RefusesJoin => null;

    /// <summary>Who writes through copies of this author's objects; null where they can only be read and merged.</summary>
    internal virtual Author? OfCopies => this;

    /// <summary>Says why this author writes no more, or null while it does.</summary>
    internal virtual string? Closed => null;
}
