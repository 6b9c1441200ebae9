using Crdt.Samples.SocialNetwork.Dataset;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Draws the edits of both replicas from a seed: the same data and the same seed give the same plan.</summary>
internal sealed partial class EditPlanner
{
    /// <summary>How many properties each replica changes, where there are enough of them.</summary>
    private const int MostChanges = 3000;

    private readonly Random _random;
    private readonly List<Edit> _office = [];
    private readonly List<Edit> _laptop = [];
    private readonly Deck<long> _persons;
    private readonly Deck<long> _forums;
    private readonly Deck<long> _tags;
    private readonly Dictionary<long, string> _firstNames;
    private readonly HashSet<LinkKey> _links;
    private readonly int _changes;
    private long _clock = 20_260_101_000_000_000;

    private EditPlanner(LdbcData data, int seed)
    {
        _random = new(seed);
        _persons = new(data.Keys("Person").Order(), _random);
        _forums = new(data.Keys("Forum").Order(), _random);
        _tags = new(data.Keys("Tag").Order(), _random);
        _firstNames = Rows("Person").ToDictionary(row => row.Int64(0), row => row.Cells[1]);
        _links = [.. Links("knows"), .. Links("hasInterest")];
        _changes = Math.Min(MostChanges, (_persons.Rest.Length + _forums.Rest.Length + _tags.Rest.Length) / 2);

        IEnumerable<DataRow> Rows(string table) => data.Rows(data.Tables.First(candidate => candidate.Name == table));
        IEnumerable<LinkKey> Links(string table) => Rows(table).Select(row => new LinkKey(table, row.Int64(0), row.Int64(1)));
    }

    /// <summary>The two replicas, each with the other.</summary>
    private IEnumerable<(List<Edit> Here, List<Edit> There, string Name)> Sides => [(_office, _laptop, "office"), (_laptop, _office, "laptop")];

    /// <summary>Draws a plan.</summary>
    /// <param name="data">What is edited.</param>
    /// <param name="seed">What the plan is drawn from.</param>
    /// <param name="batchSize">How many edits go into one transaction.</param>
    public static EditPlan Plan(LdbcData data, int seed, int batchSize)
    {
        var planner = new EditPlanner(data, seed);
        var (changed, connected) = planner.DeleteNodes();
        var (officeText, laptopText) = planner.ChangeTexts();
        var (officeAmount, laptopAmount) = planner.MoveCounters();
        var nickname = planner.ChangeNicknames();
        planner.CreateNodes();
        planner.ConnectNodes();
        planner.DisconnectNodes();
        return new(planner.Shuffled(planner._office), planner.Shuffled(planner._laptop), batchSize,
            new(officeText, laptopText, officeAmount, laptopAmount, nickname, changed, connected));
    }

    /// <summary>A share of the changes, and one at least.</summary>
    private int One(int inHowMany) => Math.Max(1, _changes / inHowMany);

    private long Now() => ++_clock;

    private Edit[] Shuffled(List<Edit> edits)
    {
        Edit[] shuffled = [.. edits];
        _random.Shuffle(shuffled);
        return shuffled;
    }
}
