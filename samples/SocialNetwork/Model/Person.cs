namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>A member of the network.</summary>
[CrdtNode]
public sealed partial class Person
{
    [Key]
    public partial long Id { get; }

    [Lww(Name = "firstName")]
    public partial string? FirstName { get; set; }

    [Lww(Name = "lastName")]
    public partial string? LastName { get; set; }

    [Lww(Name = "gender")]
    public partial string? Gender { get; set; }

    [Lww(Name = "birthday")]
    public partial long Birthday { get; set; }

    [Lww(Name = "creationDate")]
    public partial long CreationDate { get; set; }

    [Lww(Name = "locationIP")]
    public partial string? LocationIP { get; set; }

    [Lww(Name = "browserUsed")]
    public partial string? BrowserUsed { get; set; }

    /// <summary>Whatever is earned anywhere adds up.</summary>
    [Counter(Name = "points")]
    public partial long Points { get; set; }

    /// <summary>A name that is added here survives its removal elsewhere at the same time.</summary>
    [OrSet(Name = "nicknames")]
    public partial ISet<string> Nicknames { get; }
}
