using Crdt.Storage;
using Crdt.Sync.Compression;
using Crdt.Sync.Sessions;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Sessions;

public sealed class RowSenderTests
{
    private readonly RowSender _sender = new("main", new(TestSchema.Instance, new PlainCompressor()));

    [Theory]
    [InlineData(199, "199")]
    [InlineData(300, "150 150")]
    [InlineData(1000, "500 500")]
    public void Many_rows_go_in_two_frames_neither_of_which_waits_for_a_confirmation(int rows, string frames)
    {
        Assert.Equal(frames, string.Join(' ', Run(rows)));
        Assert.True(_sender.HasSentAll);
    }

    private IEnumerable<int> Run(int rows)
    {
        var actions = new Queue<SessionAction>(_sender.SendItems([.. Enumerable.Range(1, rows).Select(row => (ulong)row)]));
        var read = 0;
        while (actions.TryDequeue(out var action))
        {
            if (action is SessionAction.ReadRows some)
            {
                read += some.Items.Count;
                foreach (var next in _sender.Take([.. some.Items.Select(RowOf)], next: null, isScan: false)) actions.Enqueue(next);
                continue;
            }

            Assert.IsType<SessionAction.Send>(action);
            yield return read;
            read = 0;
        }
    }

    private static StoredEntity RowOf(ulong item) => new(Person.IdOf((long)item), Crdt.Codec.EncodedEntity.Empty.ToArray());
}
