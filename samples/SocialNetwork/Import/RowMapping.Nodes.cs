using Crdt.Samples.SocialNetwork.Dataset;
using Crdt.Samples.SocialNetwork.Model;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Import;

/// <content>The tables of nodes.</content>
internal static partial class RowMapping
{
    private static readonly Dictionary<string, Action<GraphTransaction, DataRow>> Nodes = new()
    {
        ["Comment"] = (tx, row) =>
        {
            var comment = tx.Add<Comment>(row.Int64(0));
            comment.CreationDate = row.Int64(1);
            comment.LocationIP = row.Text(2);
            comment.BrowserUsed = row.Text(3);
            comment.Content = row.Text(4);
            comment.Length = row.Int32(5);
        },
        ["Forum"] = (tx, row) =>
        {
            var forum = tx.Add<Forum>(row.Int64(0));
            forum.Title = row.Text(1);
            forum.CreationDate = row.Int64(2);
        },
        ["Organisation"] = (tx, row) =>
        {
            var organisation = tx.Add<Organisation>(row.Int64(0));
            organisation.Label = row.Text(1);
            organisation.Name = row.Text(2);
            organisation.Url = row.Text(3);
        },
        ["Person"] = (tx, row) =>
        {
            var person = tx.Add<Person>(row.Int64(0));
            person.FirstName = row.Text(1);
            person.LastName = row.Text(2);
            person.Gender = row.Text(3);
            person.Birthday = row.Int64(4);
            person.CreationDate = row.Int64(5);
            person.LocationIP = row.Text(6);
            person.BrowserUsed = row.Text(7);
            person.Nicknames.Add(row.Cells[1]); // So that there is a nickname to remove.
        },
        ["Place"] = (tx, row) =>
        {
            var place = tx.Add<Place>(row.Int64(0));
            place.Name = row.Text(1);
            place.Url = row.Text(2);
            place.Label = row.Text(3);
        },
        ["Post"] = (tx, row) =>
        {
            var post = tx.Add<Post>(row.Int64(0));
            post.ImageFile = row.Text(1);
            post.CreationDate = row.Int64(2);
            post.LocationIP = row.Text(3);
            post.BrowserUsed = row.Text(4);
            post.Language = row.Text(5);
            post.Content = row.Text(6);
            post.Length = row.Int32(7);
        },
        ["Tag"] = (tx, row) =>
        {
            var tag = tx.Add<Tag>(row.Int64(0));
            tag.Name = row.Text(1);
            tag.Url = row.Text(2);
        },
        ["TagClass"] = (tx, row) =>
        {
            var kind = tx.Add<TagClass>(row.Int64(0));
            kind.Name = row.Text(1);
            kind.Url = row.Text(2);
        },
    };
}
