using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using BtcAgent.Grains.Tests.Instruments;
using BtcAgent.Testing;
using Orleans.Streams;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>One instrument's market and one portfolio's decisions in an <see cref="AgentRig"/>.</summary>
internal sealed class Scenario(AgentRig rig, string code, IStreamProvider streams)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly List<MarketEvent> _events = [];
    private readonly List<PriceLevel> _levels = [];
    private Timestamp _now = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow).RoundDownTo(TimeSpan.FromSeconds(1)) + TimeSpan.FromMilliseconds(10);
    private long _sequence;
    private long _published;
    private long _update = 100;
    private int _decided;

    /// <summary>Latency from the venue to us, in milliseconds.</summary>
    public double WayMs { get; set; }

    /// <summary>How long ago the feed read what is published.</summary>
    public double ReadMsAgo { get; set; }

    public double? ClockSkewMs { get; set; }

    /// <summary>Epoch of the feed: a higher one begins a new stream.</summary>
    public long Epoch { get; private set; } = 1;

    /// <summary>Our clock, ahead of the real one by the time that a scenario lets pass.</summary>
    public TimeSpan Passed { get; private set; }

    public bool IsOpen { get; private set; }

    public AgentRig Rig => rig;

    public InstrumentId Instrument { get; } = InstrumentId.Parse(InstrumentOf(code));

    public string Portfolio { get; } = Name(code);

    public IRiskGrain Risk => rig.Grains.GetGrain<IRiskGrain>(Portfolio);

    public IExecutionGrain Execution => rig.Grains.GetGrain<IExecutionGrain>($"{Portfolio}/{Instrument.Key}");

    public IFeatureGrain Features => rig.Grains.GetGrain<IFeatureGrain>(Instrument.Key);

    public Timestamp Now => _now;

    public static string Name(string code) => code.ToLowerInvariant().Replace('_', '-');

    public static string InstrumentOf(string code) => $"BINANCE:{code.Replace("_", "", StringComparison.Ordinal)}USDT";

    public TradingRules Rules() => PlainRules.Of(Instrument);

    /// <summary>The venue's rules, and a champion with a scripted direction.</summary>
    public async Task<Scenario> OpenAsync(TradingRules? rules = null)
    {
        Want(SignalDirection.Long);
        await rig.Grains.GetGrain<IInstrumentGrain>(Instrument.Key).SetRules(rules ?? Rules());
        await rig.PromoteAsync(code);
        IsOpen = true;
        return this;
    }

    public void Want(SignalDirection direction, double moveBps = double.NaN, int? outside = null, string? notReady = null) =>
        rig.Models.Scores[Portfolio] = notReady is null
            ? new ModelScore(direction, (int)direction, 1, moveBps, FeaturesOutOfRange: outside)
            : ModelScore.WarmingUp(notReady);

    public void TrainedTo(Timestamp time) => rig.Models.TrainedTo[Portfolio] = time;

    public Task<LimitsInForce> LimitAsync(string name, decimal value) => Risk.ChangeLimit(name, value, "test", "scenario");

    /// <summary>A book of one level a side; null leaves the side empty.</summary>
    public Scenario Book(decimal? bid, decimal? ask, string quantity = "5")
    {
        var start = _levels.Count;
        _levels.AddRange(Level(bid));
        _levels.AddRange(Level(ask));
        _update += 10;
        _events.Add(Event(MarketEventKind.BookSnapshot) with
        {
            EventTime = Timestamp.Unknown,
            LastId = _update,
            LevelsStart = start,
            BidCount = bid is null ? 0 : 1,
            AskCount = ask is null ? 0 : 1,
        });
        return bid is null || ask is null ? this : Quote(bid.Value, ask.Value, quantity);

        IEnumerable<PriceLevel> Level(decimal? price) => price is { } p ? [new PriceLevel(PriceOf(p), Quantity.Parse(quantity))] : [];
    }

    public Scenario Quote(decimal bid, decimal ask, string quantity = "5")
    {
        _events.Add(Event(MarketEventKind.Quote) with
        {
            EventTime = Timestamp.Unknown,
            LastId = _update,
            Price = PriceOf(bid),
            Quantity = Quantity.Parse(quantity),
            AskPrice = PriceOf(ask),
            AskQuantity = Quantity.Parse(quantity),
        });
        return this;
    }

    public Scenario Trade(double afterMs)
    {
        _now += TimeSpan.FromMilliseconds(afterMs);
        _events.Add(Event(MarketEventKind.Trade) with { Price = PriceOf(50_000), Quantity = Quantity.Parse("0.001"), Aggressor = Side.Buy, LastId = _sequence });
        return this;
    }

    public Scenario Interrupt()
    {
        _events.Add(Event(MarketEventKind.FeedInterrupted) with { EventTime = Timestamp.Unknown });
        return this;
    }

    /// <summary>Publishes the scripted events, and waits until the instrument's grain has them.</summary>
    public async Task PublishAsync()
    {
        var batch = new MarketDataBatch(
            Instrument,
            Epoch,
            [.. _events],
            [.. _levels],
            Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow + Passed - TimeSpan.FromMilliseconds(ReadMsAgo)),
            ClockSkewMs: ClockSkewMs);
        _published += _events.Count;
        _events.Clear();
        _levels.Clear();
        await streams.GetStream<MarketDataBatch>(StreamId.Create(StreamNames.MarketData, Instrument.Key)).OnNextAsync(batch);
        await Features.WaitFor(Epoch, _sequence).WaitAsync(Limit);
        await Eventually.TrueAsync(
            "the instrument has the market",
            async () => (await rig.Grains.GetGrain<IInstrumentGrain>(Instrument.Key).GetSnapshot(0)).Health.Events >= _published,
            Limit);
    }

    /// <summary>The feed ends, and another one begins later.</summary>
    public void BreakFeed(TimeSpan forHowLong)
    {
        Passed += forHowLong;
        _now += forHowLong;
        Epoch++;
        _sequence = 0;
    }

    /// <summary>Returns the next decision, on the sample that a trade one second later completes.</summary>
    public async Task<Decision> DecideAsync(double afterMs = 1_000)
    {
        Trade(afterMs);
        await PublishAsync();
        Decision? decision = null;
        await Eventually.TrueAsync(
            $"{code}: a decision",
            () => Task.FromResult((decision = rig.Journal.For(Portfolio).Skip(_decided).LastOrDefault()) is not null),
            Limit);
        _decided = rig.Journal.For(Portfolio).Count();
        return decision!;
    }

    /// <summary>Decides until a decision matches; returns the last one when none of twenty does.</summary>
    public async Task<Decision> DecideUntilAsync(Func<Decision, bool> isWanted)
    {
        var decision = await DecideAsync();
        for (var i = 0; i < 20 && !isWanted(decision); i++)
        {
            decision = await DecideAsync();
        }

        return decision;
    }

    /// <summary>
    /// Publishes a book at 50,000 and takes a first decision, which is approved; later trades let the order arrive.
    /// </summary>
    public async Task<Decision> BuyAsync(decimal mid = 50_000)
    {
        Want(SignalDirection.Long);
        await Book(mid - 1, mid + 1).Trade(1_000).PublishAsync();
        var decision = await DecideAsync();
        Assert.True(decision.Risk.Outcome == RiskOutcome.Approved, decision.Risk.Summary);
        await DecideAsync();
        await Trade(200).PublishAsync();
        await Eventually.TrueAsync("the order is filled", async () => (await PositionAsync()) > 0, Limit);
        return decision;
    }

    public async Task<decimal> PositionAsync() =>
        (await rig.Grains.GetGrain<IPortfolioGrain>(Portfolio).GetSnapshot()).Position(Instrument)?.Quantity ?? 0;

    /// <summary>Places an operator's order on a calm market.</summary>
    public async Task<RiskDecision> PlaceAsync(
        string quantity = "0.01", decimal? limit = null, string id = "r1", InstrumentId? instrument = null) => (await Risk.Place(new OrderRequest
        {
            RequestId = id,
            Instrument = instrument ?? Instrument,
            Side = Side.Buy,
            Type = limit is null ? OrderType.Market : OrderType.Limit,
            Quantity = Quantity.Parse(quantity),
            LimitPrice = limit is { } price ? PriceOf(price) : null,
        })).Decision;

    private static Price PriceOf(decimal price) => Price.Parse(price.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private MarketEvent Event(MarketEventKind kind) => new()
    {
        Kind = kind,
        Sequence = ++_sequence,
        EventTime = _now,
        ReceiveTime = _now + TimeSpan.FromMilliseconds(WayMs),
    };
}
