using Crdt.Samples.SocialNetwork.Dataset;
using Crdt.Samples.SocialNetwork.Model;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Import;

/// <content>The tables of relationships. Their files begin with the keys of both ends.</content>
internal static partial class RowMapping
{
    private static readonly Dictionary<string, Action<GraphTransaction, DataRow>> Relationships = new()
    {
        ["Comment_hasCreator"] = (tx, row) => tx.Connect<CommentHasCreator>(Comment.IdOf(row.Int64(0)), Person.IdOf(row.Int64(1))),
        ["Comment_hasTag"] = (tx, row) => tx.Connect<CommentHasTag>(Comment.IdOf(row.Int64(0)), Tag.IdOf(row.Int64(1))),
        ["Comment_isLocatedIn"] = (tx, row) => tx.Connect<CommentIsLocatedIn>(Comment.IdOf(row.Int64(0)), Place.IdOf(row.Int64(1))),
        ["replyOf_Comment"] = (tx, row) => tx.Connect<ReplyOfComment>(Comment.IdOf(row.Int64(0)), Comment.IdOf(row.Int64(1))),
        ["replyOf_Post"] = (tx, row) => tx.Connect<ReplyOfPost>(Comment.IdOf(row.Int64(0)), Post.IdOf(row.Int64(1))),
        ["containerOf"] = (tx, row) => tx.Connect<ContainerOf>(Forum.IdOf(row.Int64(0)), Post.IdOf(row.Int64(1))),
        ["hasMember"] = (tx, row) => tx.Connect<HasMember>(Forum.IdOf(row.Int64(0)), Person.IdOf(row.Int64(1))).JoinDate = row.Int64(2),
        ["hasModerator"] = (tx, row) => tx.Connect<HasModerator>(Forum.IdOf(row.Int64(0)), Person.IdOf(row.Int64(1))),
        ["Forum_hasTag"] = (tx, row) => tx.Connect<ForumHasTag>(Forum.IdOf(row.Int64(0)), Tag.IdOf(row.Int64(1))),
        ["Organisation_isLocatedIn"] = (tx, row) => tx.Connect<OrganisationIsLocatedIn>(Organisation.IdOf(row.Int64(0)), Place.IdOf(row.Int64(1))),
        ["hasInterest"] = (tx, row) => tx.Connect<HasInterest>(Person.IdOf(row.Int64(0)), Tag.IdOf(row.Int64(1))),
        ["Person_isLocatedIn"] = (tx, row) => tx.Connect<PersonIsLocatedIn>(Person.IdOf(row.Int64(0)), Place.IdOf(row.Int64(1))),
        ["knows"] = (tx, row) => tx.Connect<Knows>(Person.IdOf(row.Int64(0)), Person.IdOf(row.Int64(1))).CreationDate = row.Int64(2),
        ["likes_Comment"] = (tx, row) => tx.Connect<LikesComment>(Person.IdOf(row.Int64(0)), Comment.IdOf(row.Int64(1))).CreationDate = row.Int64(2),
        ["likes_Post"] = (tx, row) => tx.Connect<LikesPost>(Person.IdOf(row.Int64(0)), Post.IdOf(row.Int64(1))).CreationDate = row.Int64(2),
        ["studyAt"] = (tx, row) => tx.Connect<StudyAt>(Person.IdOf(row.Int64(0)), Organisation.IdOf(row.Int64(1))).ClassYear = row.Int32(2),
        ["workAt"] = (tx, row) => tx.Connect<WorkAt>(Person.IdOf(row.Int64(0)), Organisation.IdOf(row.Int64(1))).WorkFrom = row.Int32(2),
        ["isPartOf"] = (tx, row) => tx.Connect<IsPartOf>(Place.IdOf(row.Int64(0)), Place.IdOf(row.Int64(1))),
        ["Post_hasCreator"] = (tx, row) => tx.Connect<PostHasCreator>(Post.IdOf(row.Int64(0)), Person.IdOf(row.Int64(1))),
        ["Post_hasTag"] = (tx, row) => tx.Connect<PostHasTag>(Post.IdOf(row.Int64(0)), Tag.IdOf(row.Int64(1))),
        ["Post_isLocatedIn"] = (tx, row) => tx.Connect<PostIsLocatedIn>(Post.IdOf(row.Int64(0)), Place.IdOf(row.Int64(1))),
        ["hasType"] = (tx, row) => tx.Connect<HasType>(Tag.IdOf(row.Int64(0)), TagClass.IdOf(row.Int64(1))),
        ["isSubclassOf"] = (tx, row) => tx.Connect<IsSubclassOf>(TagClass.IdOf(row.Int64(0)), TagClass.IdOf(row.Int64(1))),
    };
}
