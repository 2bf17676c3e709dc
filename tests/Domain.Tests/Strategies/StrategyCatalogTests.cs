using BtcAgent.Domain.Strategies;
using static BtcAgent.Domain.Tests.Strategies.StrategyFixture;

namespace BtcAgent.Domain.Tests.Strategies;

public sealed class StrategyCatalogTests
{
    private static readonly StrategyDefinition Bands = new(
        "bands",
        "Buys low.",
        [new("length", 20, 2, 100, IsWhole: true, "bars"), new("width", 2, 0.5, 9, IsWhole: false, "deviations")],
        setup => new BandStrategy(1, (int)setup.Values[0]))
    { SourceHash = new string('a', 60) + "bcde", Source = "bands.cs" };

    [Fact]
    public void Create_StrategyOfASource_SignsWithValuesAndSource()
    {
        var model = StrategyCatalog.BuiltIn.With([Bands]).Create("bands", new Dictionary<string, double> { ["width"] = 2.5 }, Schema(1));

        Assert.Equal(("bands(20,2.5)", "bands(20,2.5)@aaaaaaaaaaaa"), (model.Id, model.Hash));
        Assert.Equal(model.Hash, StrategyCatalog.BuiltIn.With([Bands]).CreateById(model.Id, Schema(1)).Hash);
    }

    [Theory]
    [InlineData("length", 1, "bands: length must be a whole number 2…100, not 1")]
    [InlineData("length", 20.5, "bands: length must be a whole number 2…100, not 20.5")]
    [InlineData("width", double.NaN, "bands: width must be a number 0.5…9, not NaN")]
    [InlineData("depth", 1, "model bands has no parameter 'depth': it takes length, width")]
    public void Create_BadParameter_SaysTheRange(string parameter, double value, string message) => Assert.Equal(
        message,
        Assert.Throws<ArgumentException>(() => Bands.Create(new Dictionary<string, double> { [parameter] = value }, Schema(1))).Message);

    [Fact]
    public void With_NameOfABuiltIn_IsRefused()
    {
        var twice = new StrategyDefinition("ema-cross", "", [], _ => new BandStrategy(1, 2)) { Source = "mine.cs" };

        Assert.Equal(
            "two strategies are named 'ema-cross' (built in, mine.cs): rename one's class",
            Assert.Throws<ArgumentException>(() => StrategyCatalog.BuiltIn.With([twice])).Message);
    }

    [Fact]
    public void With_ReservedName_IsRefused() => Assert.Contains(
        "the name 'lightgbm' is reserved",
        Assert.Throws<ArgumentException>(() => StrategyCatalog.BuiltIn.With([new StrategyDefinition("lightgbm", "", [], _ => new BandStrategy(1, 2))])).Message,
        StringComparison.Ordinal);
}
