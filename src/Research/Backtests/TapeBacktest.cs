using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Runs a model over recorded events through the whole trading core: book, features, signal, risk, paper execution with
/// queue position and latency, ledger. Makes the same decisions as the silo in a replay.
/// </summary>
public sealed class TapeBacktest(TapeBacktestOptions options)
{
    private const int EventsPerReport = 16_384;

    private readonly List<BacktestFill> _fills = [];
    private readonly List<string> _fillOrders = [];
    private readonly Dictionary<string, OrderIntent> _intents = new(StringComparer.Ordinal);
    private readonly List<CurvePoint> _curve = [];
    private RefusalCounter _refusals = new();
    private EquityRecorder _track = new(0, 0);
    private int _orders;
    private int _thinned;

    /// <param name="createModel">Creates the rule or model for the given schema.</param>
    /// <param name="source">Description of the events.</param>
    /// <param name="events">Events in feed order.</param>
    /// <param name="levels">Levels of the book events.</param>
    /// <param name="decided">Receives each decision; may be null.</param>
    /// <param name="progress">Receives the completed share, 0…1.</param>
    /// <param name="cancellationToken">Checked every few thousand events.</param>
    public BacktestResult Run(
        Func<FeatureSchema, ISignalModel> createModel,
        string source,
        ReadOnlySpan<MarketEvent> events,
        LevelsOfEvent levels,
        Action<Decision>? decided = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Clear();
        var instrument = options.Rules.Instrument;
        var pipeline = new FeaturePipeline(instrument, options.Features);
        var model = createModel(pipeline.Schema);
        var ledger = new PortfolioLedger(options.Portfolio, options.Rules.QuoteAsset, options.InitialBalances);
        var lane = new TradingLane(
            new SignalEngine(instrument, options.Strategy, model, options.Signals),
            new RiskEngine(
                options.Portfolio,
                options.Limits,
                options.Sizing,
                placement: options.Placement.WithFee(options.Paper.TakerFeeBps)),
            new PaperExecution(options.Portfolio, options.Rules, options.Paper),
            ledger);
        using var hash = new DecisionHash();
        var loop = new TradingLoop(
            options.Portfolio,
            options.Rules,
            pipeline,
            [lane],
            decision =>
            {
                hash.Append(decision);
                Note(decision, ledger);
                decided?.Invoke(decision);
            },
            Note);
        for (var i = 0; i < events.Length; i++)
        {
            loop.OnEvent(in events[i], levels(in events[i]));
            if (i % EventsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report((double)i / events.Length);
            }
        }

        (model as IDisposable)?.Dispose();
        return Result(model.Id, source, ledger.Snapshot(), hash);
    }

    private void Clear()
    {
        _fills.Clear();
        _fillOrders.Clear();
        _intents.Clear();
        _curve.Clear();
        _refusals = new RefusalCounter();
        _track = new EquityRecorder(
            (double)options.InitialBalances.GetValueOrDefault(options.Rules.QuoteAsset),
            (double)options.InitialBalances.GetValueOrDefault(options.Rules.BaseAsset));
        (_orders, _thinned) = (0, 0);
    }

    private void Note(Decision decision, PortfolioLedger ledger)
    {
        _refusals.Add(decision);
        if (decision.Risk.Intent is { } intent)
        {
            _orders++;
            _intents[intent.ClientOrderId] = intent;
        }

        var quote = decision.Sample.Quote;
        if (!quote.IsTwoSided)
        {
            return;
        }

        if (_curve.Count == BacktestResult.CurvePointsMax)
        {
            // Removes every second point: the curve keeps its shape in bounded memory.
            _curve.RemoveAll(p => _thinned++ % 2 == 1);
        }

        var snapshot = ledger.Snapshot();
        var held = (snapshot.Position(options.Rules.Instrument)?.Quantity ?? 0) - options.InitialBalances.GetValueOrDefault(options.Rules.BaseAsset);
        var equity = (double)snapshot.Equity;
        var point = new CurvePoint(
            decision.Sample.EventTime, equity, (double)quote.Mid, equity > 0 ? (double)(held * quote.Mid) / equity : 0);
        _curve.Add(point);
        _track.Add(point.EventTime, point.Equity, point.Price, held != 0);
    }

    private void Note(Fill fill)
    {
        var price = fill.Price.ToDecimal();
        // Without latency a fill may arrive before its decision is reported.
        var intent = _intents.GetValueOrDefault(fill.ClientOrderId);
        var fee = fill.FeeAsset == options.Rules.QuoteAsset ? fill.Fee : fill.Fee * price;
        _fillOrders.Add(fill.ClientOrderId);
        _fills.Add(new BacktestFill(
            fill.EventTime, fill.Side, price, fill.Quantity.ToDecimal(), fee, fill.IsMaker,
            intent?.ReferencePrice ?? price, intent is null ? 0 : (fill.EventTime - intent.EventTime).TotalMilliseconds));
    }

    private BacktestResult Result(string model, string source, PortfolioSnapshot last, DecisionHash hash) => new()
    {
        Strategy = model,
        Instrument = options.Rules.Instrument.Key,
        QuoteAsset = options.Rules.QuoteAsset,
        Source = source,
        Settings = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("maker fee bps", options.Paper.MakerFeeBps.ToString(CultureInfo.InvariantCulture))
            .Add("taker fee bps", options.Paper.TakerFeeBps.ToString(CultureInfo.InvariantCulture))
            .Add(BacktestResult.FillSetting, "the paper venue's book, after latency and queue")
            .Add("latency ms", options.Paper.LatencyMs.ToString(CultureInfo.InvariantCulture))
            .Add("sample ms", options.Features.SampleIntervalMs.ToString(CultureInfo.InvariantCulture))
            .Add("seed", options.Paper.Seed.ToString(CultureInfo.InvariantCulture)),
        InitialCash = options.InitialBalances.GetValueOrDefault(options.Rules.QuoteAsset),
        InitialBase = options.InitialBalances.GetValueOrDefault(options.Rules.BaseAsset),
        FinalCash = last.Cash,
        FinalBase = last.Balances.GetValueOrDefault(options.Rules.BaseAsset),
        Fees = last.Fees,
        Orders = _orders,
        Fills = [.. _fills],
        RoundTrips = RoundTripMatcher.Match(_fills, _fillOrders),
        Curve = [.. _curve],
        Track = _track.Complete(),
        Steps = hash.Count,
        Refusals = _refusals.Counts.ToImmutableSortedDictionary(StringComparer.Ordinal),
        DecisionsHash = hash.Read(),
    };
}
