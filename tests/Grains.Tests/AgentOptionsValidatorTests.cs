using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Strategies;

namespace BtcAgent.Grains.Tests;

public sealed class AgentOptionsValidatorTests
{
    [Fact]
    public void Validate_NamesAgree_Succeeds() => Assert.True(Check(Valid()).Succeeded);

    [Fact]
    public void Validate_InstrumentInSmallLetters_NamesKeyAndForm()
    {
        var options = Valid();
        options.Instruments.Add("binance-btcusdt");

        AssertFails(options, "Agent:Instruments", "VENUE:SYMBOL");
    }

    [Fact]
    public void Validate_SampleIntervalOffTheGrid_NamesKeyAndRemedy()
    {
        var options = Valid();
        options.Features.SampleIntervalMs = 150;

        AssertFails(options, "Agent:Features:SampleIntervalMs", "multiple of 100");
    }

    [Fact]
    public void Validate_StrategyOfUnknownInstrument_ListsKnownOnes()
    {
        var options = Valid();
        options.Strategies[0].Instrument = "BINANCE:ETHUSDT";

        AssertFails(options, "Agent:Strategies 'trend'", "BINANCE:BTCUSDT");
    }

    [Fact]
    public void Validate_StrategyOfUnknownPortfolio_ListsKnownOnes()
    {
        var options = Valid();
        options.Strategies[0].Portfolio = "other";

        AssertFails(options, "Agent:Strategies 'trend'", "(main)");
    }

    [Fact]
    public void Validate_UnknownModel_NamesStrategyAndModel()
    {
        var options = Valid();
        options.Strategies[0].Model = "oracle";

        AssertFails(options, "Agent:Strategies 'trend'", "oracle");
    }

    [Fact]
    public void Validate_TrainedModel_NeedsNoArtefactAndTakesNoParameters()
    {
        var options = Valid();
        options.Strategies[0].Model = "lightgbm";
        Assert.True(Check(options).Succeeded);

        options.Strategies[0].Parameters["fast"] = 3;
        AssertFails(options, "Agent:Strategies 'trend'", "remove fast");
    }

    [Fact]
    public void Validate_CanaryPortfolioOfOneTrainedStrategy_Succeeds() => Assert.True(Check(WithCanary()).Succeeded);

    [Fact]
    public void Validate_UnfitCanaryPortfolio_SaysHowToCorrectIt()
    {
        AssertFails(WithCanary(o => o.Strategies[0].CanaryPortfolio = "other"), "CanaryPortfolio 'other'", "(main, canary)");
        AssertFails(WithCanary(o => o.Strategies[0].Model = "ema-cross"), "CanaryPortfolio 'canary'", "a rule has no canary");
        AssertFails(WithCanary(o => o.Strategies[0].CanaryPortfolio = "main"), "CanaryPortfolio 'main'", "is the portfolio of strategy 'trend'");
        AssertFails(WithCanary(o => o.Portfolios[1].QuoteAsset = "EUR"), "CanaryPortfolio 'canary'", "set the same one");
        AssertFails(WithCanary(o => o.Portfolios[1].InitialBalances.Clear()), "CanaryPortfolio 'canary'", "an amount of USDT above 0");
        AssertFails(WithCanary(o => o.Portfolios[1].InitialBalances["BTC"] = 1), "CanaryPortfolio 'canary'", "begins without a position");
        AssertFails(
            WithCanary(o => o.Strategies.Add(new() { Name = "two", Model = "lightgbm", Instrument = "BINANCE:BTCUSDT", Portfolio = "main", CanaryPortfolio = "canary" })),
            "Agent:Strategies 'trend'",
            "give each its own");
    }

    private static AgentOptions WithCanary(Action<AgentOptions>? change = null)
    {
        var options = Valid();
        options.Portfolios.Add(new PortfolioOptions { Id = "canary", InitialBalances = { ["USDT"] = 10_000 } });
        (options.Strategies[0].Model, options.Strategies[0].CanaryPortfolio) = ("lightgbm", "canary");
        change?.Invoke(options);
        return options;
    }

    private static void AssertFails(AgentOptions options, string key, string remedy)
    {
        var result = Check(options);

        Assert.True(result.Failed);
        Assert.Contains(result.Failures!, f => f.Contains(key) && f.Contains(remedy));
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Check(AgentOptions options) =>
        new AgentOptionsValidator(StrategyCatalog.BuiltIn).Validate(null, options);

    private static AgentOptions Valid() => new()
    {
        Instruments = ["BINANCE:BTCUSDT"],
        Portfolios = [new PortfolioOptions { Id = "main" }],
        Strategies =
        [
            new StrategyOptions
            {
                Name = "trend", Model = "ema-cross", Instrument = "BINANCE:BTCUSDT", Portfolio = "main",
            },
        ],
    };
}
