using System.ComponentModel;

namespace Crdt.Tests.Generators.Features;

/// <summary>An observable class tells of each property that has changed, by its C# name, after the change.</summary>
public sealed class ObservedTests
{
    private readonly List<string?> _told = [];

    [Fact]
    public void A_write_tells_of_its_property()
    {
        var entity = Listened(new Observed(new Replica("phone"), 1));
        entity.Title = "t";
        entity.Stock += 1;
        entity.Tags.Add("x");
        entity.Tags.Remove("x");
        entity.Tags.Remove("x");
        entity.Steps.Add("s");
        entity.Done = true;
        Assert.Equal(["Title", "Stock", "Tags", "Tags", "Steps", "Done"], _told);
    }

    [Fact]
    public void A_merge_tells_of_what_it_changed_and_one_that_brings_nothing_tells_nothing()
    {
        var entity = Listened(new Observed(new Replica("phone"), 1));
        var other = Observed.Decode(new Replica("laptop"), entity.Encode());
        other.Title = "t";
        other.Steps.Add("s");
        entity.Merge(other);
        Assert.Equal(["Steps", "Title"], _told.Order());
        entity.Merge(other);
        entity.MergeDelta(other.TakeDelta());
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void Deleting_tells_of_liveness_and_of_what_is_gone()
    {
        var entity = new Observed(new Replica("phone"), 1) { Title = "t" };
        Listened(entity).Delete();
        Assert.Equal(["IsAlive", "Title"], _told);
        Assert.IsAssignableFrom<INotifyPropertyChanged>(entity);
        Assert.False(typeof(INotifyPropertyChanged).IsAssignableFrom(typeof(EveryKind)));
    }

    private Observed Listened(Observed entity)
    {
        entity.PropertyChanged += (sender, change) =>
        {
            Assert.Same(entity, sender);
            _told.Add(change.PropertyName);
        };
        return entity;
    }
}
