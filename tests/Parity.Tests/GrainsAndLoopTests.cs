using System.Text.Json;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Grains.Feeds;
using BtcAgent.Silo.CommandLine;
using BtcAgent.Silo.Hosting;
using BtcAgent.Silo.Venues;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Parity.Tests;

/// <summary>One tape through the whole silo and through the plain loop: every decision has to agree.</summary>
public sealed class GrainsAndLoopTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Theory]
    [InlineData("flow-momentum")]
    [InlineData("ema-cross")]
    public async Task Replay_RecordedTape_GrainsDecideWhatTheLoopDecides(string model)
    {
        string[] tapes =
        [
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"),
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz"),
        ];
        var grains = await RunGrains(tapes, model);
        var loop = RunLoop(tapes, grains.Options, grains.Feed);

        Assert.True(loop.Count > 600, $"only {loop.Count} decisions");
        Assert.Contains(loop, d => d.Risk.Intent is not null);
        Assert.Equal(loop.Count, grains.Decisions.Count);
        for (var i = 0; i < loop.Count; i++)
        {
            Assert.Equal(Text(loop[i]), Text(grains.Decisions[i]));
        }
    }

    private static string Text(Decision decision) => JsonSerializer.Serialize(decision, JsonText);

    private static readonly JsonSerializerOptions JsonText = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static async Task<(IReadOnlyList<Decision> Decisions, AgentOptions Options, IMarketFeed Feed)> RunGrains(
        string[] tapes, string model)
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-parity-");
        try
        {
            await using var app = AgentHost.Build(new AgentSettings
            {
                Venue = VenueKind.Replay,
                Tapes = [.. tapes],
                Speed = 0,
                Port = 0,
                DataFolder = folder.FullName,
                Overrides = [new("Agent:Strategies:0:Model", model), new("Logging:LogLevel:Default", "Warning")],
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            await app.Services.GetRequiredService<FeedCompletion>().Completed
                .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            var newestFirst = await app.Services.GetRequiredService<IDecisionJournal>()
                .ListAsync(int.MaxValue, onlyWithOrders: false, TestContext.Current.CancellationToken);
            var options = app.Services.GetRequiredService<IOptions<AgentOptions>>().Value;
            var feed = app.Services.GetRequiredService<IMarketFeed>();
            await app.StopAsync(TestContext.Current.CancellationToken);
            return ([.. newestFirst.Reverse()], options, feed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<Decision> RunLoop(string[] tapes, AgentOptions options, IMarketFeed feed)
    {
        var rules = feed.GetTradingRulesAsync(Instrument, TestContext.Current.CancellationToken).Result;
        var strategy = options.Strategies.Single();
        var portfolio = options.Portfolios.Single();
        var pipeline = new FeaturePipeline(Instrument, options.Features);
        var lane = new TradingLane(
            new SignalEngine(
                Instrument,
                strategy.Name,
                SignalModels.Create(strategy.Model, strategy.Parameters, pipeline.Schema),
                options.Signals),
            new RiskEngine(portfolio.Id, options.Limits, options.Sizing),
            new PaperExecution(portfolio.Id, rules, options.Paper),
            new PortfolioLedger(portfolio.Id, portfolio.QuoteAsset, portfolio.InitialBalances));
        var decisions = new List<Decision>();
        var fills = new List<Fill>();
        var loop = new TradingLoop(portfolio.Id, rules, pipeline, [lane], decisions.Add, fills.Add);
        var tape = DecodedTape.Load(Instrument, tapes);
        foreach (ref readonly var e in tape.Events.AsSpan())
        {
            loop.OnEvent(in e, tape.LevelsOf(in e));
        }

        return decisions;
    }
}
