using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain;
using BtcAgent.Domain.Economy;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Grains.Feeds;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Research.Backtests;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Strategies;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Parity.Tests;

/// <summary>One tape through the whole silo and through the backtest: decisions, orders and fills must agree.</summary>
public sealed class GrainsAndBacktestTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    /// <summary>A strategy in C# that the agent and the backtest compile, each for itself.</summary>
    private const string CompiledStrategy = "pulse";

    private const string PulseSource = """
        public sealed class Pulse([Parameter(1, 60, "seconds of a bar")] int barSeconds = 3) : BarStrategy(barSeconds)
        {
            private readonly Ema _average = new(3);

            protected override StrategySignal OnBar(in Bar bar)
            {
                var distance = bar.Close.ToDouble() - _average.Add(bar.Close.ToDouble());
                return double.IsNaN(distance) ? NotReady("3 bars") : distance > 0 ? Long($"{distance:R} above", 0.7) : Flat($"{distance:R} below");
            }

            protected override void SaveState(StateWriter writer) => _average.Save(writer);

            protected override void LoadState(StateReader reader) => _average.Load(reader);
        }
        """;

    private static readonly JsonSerializerOptions JsonText = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    [Theory]
    [InlineData("flow-momentum", false)]
    [InlineData("ema-cross", false)]
    [InlineData(SignalModels.Trained, false)]
    [InlineData(CompiledStrategy, false)]
    [InlineData("flow-momentum", true)]
    [InlineData(SignalModels.Trained, true)]
    public async Task Replay_RecordedTape_GrainsDecideOrderAndFillAsTheBacktest(string model, bool withPosts)
    {
        string[] tapes =
        [
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"),
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz"),
        ];
        var tape = DecodedTape.Load(Instrument, tapes);
        var folder = Directory.CreateTempSubdirectory("btcagent-parity-");
        try
        {
            var (posts, releases) = withPosts ? (Path.Combine(folder.FullName, "posts.jsonl"), Path.Combine(folder.FullName, "releases.jsonl")) : ("", "");
            if (withPosts)
            {
                // Random posts from before the tape until after it.
                var from = tape.Events[0].ReceiveTime - TimeSpan.FromSeconds(10);
                var seconds = (int)(tape.Events[^1].ReceiveTime - from).TotalSeconds + 10;
                await File.WriteAllLinesAsync(posts, TallyLines.Make(3, from.UnixNanoseconds, Math.Min(seconds, 200_000)), TestContext.Current.CancellationToken);
                await File.WriteAllLinesAsync(releases, Notices(from, seconds), TestContext.Current.CancellationToken);
                tape = tape.With([.. SentimentFile.Read(posts), .. CalendarFile.Read(releases)]);
            }

            var artefact = model == SignalModels.Trained ? TapeModel.Train(tape, Instrument) : null;
            var file = Path.Combine(folder.FullName, "model.zip");
            if (artefact is not null)
            {
                await File.WriteAllBytesAsync(file, artefact.ToZip(), TestContext.Current.CancellationToken);
            }

            var strategies = Directory.CreateDirectory(Path.Combine(folder.FullName, "strategies")).FullName;
            await File.WriteAllTextAsync(Path.Combine(strategies, "Pulse.cs"), PulseSource, TestContext.Current.CancellationToken);
            var grains = await RunGrains(tapes, model, folder.FullName, artefact is null ? "" : file, posts, releases);
            var decisions = new List<Decision>();
            var loader = new ForestLoader();
            var strategy = grains.Options.Strategies.Single();
            var result = new TapeBacktest(OptionsOf(grains.Options, await grains.Feed.GetTradingRulesAsync(Instrument, TestContext.Current.CancellationToken)))
                .Run(
                    schema => artefact is null
                        ? StrategyFolder.Catalog(strategies).Create(strategy.Model, strategy.Parameters, schema)
                        : loader.Open(artefact).CreateSignalModel(schema),
                    "tape",
                    tape.Events,
                    tape.LevelsOf,
                    decisions.Add);

            Assert.True(decisions.Count > 600, $"only {decisions.Count} decisions");
            Assert.True(result.Orders > 0, $"no orders; refused: {string.Join(", ", result.Refusals)}; {decisions[^1].Signal.Refusals.FirstOrDefault()} {decisions[^1].Risk.Summary}");
            Assert.Equal(decisions.Select(Text), grains.Decisions.Select(Text));
            Assert.Equal(withPosts, decisions.Any(d => d.Sample.Values[^10..^3].All(float.IsFinite)));
            Assert.Equal(withPosts, decisions.Any(d => d.Sample.Values[^3..].All(float.IsFinite)));
            Assert.Equal(decisions.Count(d => d.Signal.ModelId == artefact?.Id), artefact is null ? 0 : decisions.Count);
            Assert.Equal(result.Orders, grains.Orders.Length);
            Assert.Equal(result.Fills.Length, grains.Orders.Sum(o => o.FillCount));
            Assert.Equal(result.Fills.Sum(f => f.Notional), grains.Orders.Sum(o => o.FilledNotional));
            Assert.Equal(result.Fees, grains.Portfolio.Fees);
            Assert.Equal(result.FinalCash, grains.Portfolio.Cash);
            Assert.Equal(result.Fills.Length, grains.Portfolio.FillCount);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A notice every five minutes, of a release every seven, each with its surprise.</summary>
    private static IEnumerable<string> Notices(Timestamp from, int seconds)
    {
        var every = TimeSpan.FromMinutes(7);
        for (var at = from; at < from + TimeSpan.FromSeconds(seconds); at += TimeSpan.FromMinutes(5))
        {
            var last = at.RoundDownTo(every);
            yield return CalendarFile.LineOf(new CalendarNotice
            {
                Number = at.UnixMilliseconds,
                KnownAt = at,
                LastRelease = last,
                NextRelease = last + every,
                Surprise = ((last.UnixMilliseconds / 420_000 % 7) - 3) * 50_000_000,
            });
        }
    }

    /// <summary>Removes the position in the log, which a backtest does not read from.</summary>
    private static string Text(Decision decision) => JsonSerializer.Serialize(
        decision with { Sample = decision.Sample with { Position = null } },
        JsonText);

    private static TapeBacktestOptions OptionsOf(AgentOptions agent, Domain.Instruments.TradingRules rules) => new()
    {
        Rules = rules,
        Portfolio = agent.Portfolios.Single().Id,
        Strategy = agent.Strategies.Single().Name,
        InitialBalances = agent.Portfolios.Single().InitialBalances,
        Features = agent.Features,
        Signals = agent.Signals,
        Limits = agent.Limits,
        Sizing = agent.Sizing,
        Paper = agent.Paper,
    };

    private static async Task<Replay> RunGrains(string[] tapes, string model, string folder, string modelFile, string posts, string releases)
    {
        await using var app = AgentHost.Build(new AgentSettings
        {
            Venue = VenueKind.Replay,
            Tapes = [.. tapes],
            Speed = 0,
            Port = 0,
            DataFolder = Path.Combine(folder, "data"),
            Overrides =
            [
                new("Agent:Strategies:0:Model", model),
                new("Agent:Strategies:0:ModelFile", modelFile),
                new("Tape:SentimentFile", posts),
                new("Tape:CalendarFile", releases),
                new("Agent:StrategyFolder", Path.Combine(folder, "strategies")),
                new("Agent:UnprovenModelsTrade", "true"),
                new("Agent:Signals:MinConfidence", "0"),
                new("Logging:LogLevel:Default", "Warning"),
            ],
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<FeedCompletion>().Completed
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        var newestFirst = await app.Services.GetRequiredService<IDecisionJournal>()
            .ListAsync(int.MaxValue, onlyWithOrders: false, portfolio: null, TestContext.Current.CancellationToken);
        var options = app.Services.GetRequiredService<IOptions<AgentOptions>>().Value;
        var factory = app.Services.GetRequiredService<IGrainFactory>();
        var portfolio = options.Portfolios.Single().Id;
        var orders = await factory.GetGrain<IExecutionGrain>($"{portfolio}/{Instrument.Key}").GetOrders(1_000);
        var snapshot = await factory.GetGrain<IPortfolioGrain>(portfolio).GetSnapshot();
        var feed = app.Services.GetRequiredService<IMarketFeed>();
        await app.StopAsync(TestContext.Current.CancellationToken);
        return new Replay([.. newestFirst.Reverse()], orders, snapshot, options, feed);
    }

    private sealed record Replay(
        IReadOnlyList<Decision> Decisions,
        ImmutableArray<Order> Orders,
        PortfolioSnapshot Portfolio,
        AgentOptions Options,
        IMarketFeed Feed);
}
