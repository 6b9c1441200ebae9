using Crdt.Kernel;
using Crdt.Types;

namespace Crdt.Entities;

/// <content>Noting down when a relationship was connected, where its type has a multiplicity.</content>
public sealed partial class EntityState
{
    /// <summary>
    /// Replaces the connections that were seen by a new, later one. The register is kept like a field that this build doesn't know: nobody
    /// reads it as a property, and it merges and travels like any other.
    /// </summary>
    private void NoteConnection()
    {
        if (!Type.IsConstrained) return;
        var register = ConnectionRegister();
        foreach (ref readonly var entry in register.Store.Entries) Author.Observe(Connection.StampOf(entry.Value));
        var write = Next();
        Supersede(register);
        register.Store = new DotFun<byte[]>(write.Dot, Connection.Encode(write));
    }

    private DotFunField<byte[]> ConnectionRegister()
    {
        var index = FindUnknown(Connection.FieldId);
        if (index >= 0) return (DotFunField<byte[]>)_unknown[index];
        var register = (DotFunField<byte[]>)UnknownField.Create(Connection.Kind, Connection.FieldId);
        register.Entity = this;
        _unknown.Insert(~index, register);
        return register;
    }
}
