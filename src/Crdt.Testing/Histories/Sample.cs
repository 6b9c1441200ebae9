using Crdt.Entities;
using Crdt.Testing.Checks;

namespace Crdt.Testing.Histories;

/// <summary>A state that nobody changes any more, with its bytes, which the laws compare over and over.</summary>
internal sealed class Sample(EntityState state)
{
    public EntityState State => state;

    /// <summary>With identity and context.</summary>
    public byte[] Bytes => field ??= state.Encode();

    /// <summary>With context, without identity.</summary>
    public byte[] RowWithContext => field ??= Law.Row(state, withContext: true);

    /// <summary>Without either.</summary>
    public byte[] Row => field ??= Law.Row(state, withContext: false);
}
