using BtcAgent.Domain.Tests.Snapshots;
using static BtcAgent.Domain.Tests.Strategies.StrategyFixture;

namespace BtcAgent.Domain.Tests.Strategies;

public sealed class StrategyStateTests
{
    [Fact]
    public void Save_AnyFieldOfAStrategyChanged_ChangesTheState()
    {
        var strategy = Created(() => new BandStrategy(3, 2));
        Score(strategy, [.. Enumerable.Range(0, 11).Select(i => BarAt(i, 100 + (i * i)))]);
        strategy.Seen.Clear();
        var before = Saved(strategy);
        var names = new HashSet<string>();
        StateFields.ChangeEach(strategy, name =>
        {
            names.Add(name);
            Assert.False(before.AsSpan().SequenceEqual(Saved(strategy)), $"{name} is not saved");
        });

        Assert.Contains("BarMerger._seenTo.<UnixNanoseconds>k__BackingField", names);
        Assert.Contains("BandStrategy._signal.<Confidence>k__BackingField", names);
        Assert.Contains("BandStrategy._held.<Confidence>k__BackingField", names);
    }
}
