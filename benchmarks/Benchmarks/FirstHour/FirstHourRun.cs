using BtcAgent.Contracts.Settings;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Trading;
using BtcAgent.Exchanges.Simulator.History;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Training;

namespace BtcAgent.Benchmarks.FirstHour;

/// <summary>
/// A new default agent on the embedded venue, faster than real time: its settings, the venue's own market and its fallback rule,
/// through the trading core that the grains host. With <paramref name="promotes"/> the starter model takes over once it is trained.
/// </summary>
/// <param name="agent">The agent's settings; its first strategy is run.</param>
/// <param name="venue">The venue's settings; their seed is the run's.</param>
/// <param name="starter">The starter model's settings.</param>
/// <param name="promotes">Promotes the starter model to champion, which an operator does by hand.</param>
internal sealed class FirstHourRun(AgentOptions agent, SimulatorOptions venue, StarterOptions starter, bool promotes)
{
    /// <summary>Time that the training takes in the live agent, in event time.</summary>
    private static readonly TimeSpan TrainingTime = TimeSpan.FromSeconds(12);

    private static readonly Timestamp Start = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));

    private readonly Dictionary<string, int> _waits = new(StringComparer.Ordinal);
    private readonly List<decimal> _equity = [];
    private readonly DecisionHash _hash = new();
    private int _orders;
    private int _fills;
    private int _makerFills;
    private int _roundTrips;
    private double _firstTradeMinute = double.NaN;
    private decimal _held;

    public FirstHourResult Run(TimeSpan span, CancellationToken cancellationToken)
    {
        var strategy = agent.Strategies[0];
        var portfolio = agent.Portfolios[0];
        var instrument = InstrumentId.Parse(strategy.Instrument);
        var pipeline = new FeaturePipeline(instrument, agent.Features);
        var schema = pipeline.Schema;
        var artefact = promotes && strategy.Model == SignalModels.Trained
            ? StarterTrainer.Train(instrument, agent.Features, venue, starter, (_, _) => { }, cancellationToken)
            : null;
        using var forest = artefact is null ? null : new ServableForest(artefact);
        var signals = new SignalEngine(instrument, strategy.Name, Rule(strategy, schema), agent.Signals);
        var ledger = new PortfolioLedger(portfolio.Id, portfolio.QuoteAsset, portfolio.InitialBalances);
        var rules = Rules(instrument, portfolio.QuoteAsset);
        var lane = new TradingLane(
            signals,
            new RiskEngine(portfolio.Id, agent.Limits, agent.Sizing, placement: agent.PlacementInForce()),
            new PaperExecution(portfolio.Id, rules, agent.Paper),
            ledger);
        decimal first = 0, last = 0;
        var loop = new TradingLoop(portfolio.Id, rules, pipeline, [lane], decision =>
        {
            _hash.Append(decision);
            Note(decision);
            var quote = decision.Sample.Quote;
            last = quote.IsTwoSided ? quote.Mid : last;
            first = first == 0 ? last : first;
            if (decision.Sample.EventTime - Start >= TimeSpan.FromMinutes(_equity.Count + 1))
            {
                _equity.Add(ledger.Snapshot().Equity);
            }

            if (forest is not null && signals.Model.Id != forest.Description.Id && decision.Sample.EventTime - Start >= TrainingTime)
            {
                signals.Replace(forest.CreateSignalModel(schema));
            }
        }, Note);
        SimulatedSession.Run(venue, instrument.Symbol, Start, span, loop.OnEvent, cancellationToken);
        var end = ledger.Mark(instrument, last, Start + span);
        (signals.Model as IDisposable)?.Dispose();
        return new FirstHourResult(
            venue.Seed,
            artefact is { Manifest: var m }
                ? FormattableString.Invariant(
                    $"{artefact.Id}, AUC {m.Metrics["auc"]:F3}, out of sample {100 * m.Metrics["oos_net_return"]:F2} %, entry {m.Policy.EntryConfidence:F2}, move {m.Policy.MeanMoveBps:F1} bps")
                : signals.Model.Id,
            (double)(100 * ((end.Equity / end.InitialEquity) - 1)),
            first > 0 ? (double)(100 * ((last / first) - 1)) : 0,
            end.Fees,
            _orders,
            _fills,
            _makerFills,
            _roundTrips,
            _firstTradeMinute,
            _hash.Count,
            [.. _waits.OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal)],
            _hash.Read(),
            _equity);
    }

    private static ISignalModel Rule(StrategyOptions strategy, FeatureSchema schema) =>
        strategy.Model != SignalModels.Trained ? StrategyCatalog.BuiltIn.Create(strategy.Model, strategy.Parameters, schema)
        : strategy.Fallback.Length > 0 ? StrategyCatalog.BuiltIn.Create(strategy.Fallback, strategy.Parameters, schema)
        : new AbsentModel("no fallback");

    private void Note(Decision decision)
    {
        if (decision.Risk.Intent is not null)
        {
            _orders++;
            return;
        }

        var reason = !decision.Signal.IsValid ? decision.Signal.Refusals[0].Code
            : decision.Risk.Checks.Any(check => !check.Passed) ? decision.Risk.Checks.First(check => !check.Passed).Code
            : decision.Risk.Summary.Split(':')[0];
        _waits[reason] = _waits.GetValueOrDefault(reason) + 1;
    }

    private void Note(Fill fill)
    {
        _firstTradeMinute = _fills == 0 ? (fill.EventTime - Start).TotalMinutes : _firstTradeMinute;
        _fills++;
        _makerFills += fill.IsMaker ? 1 : 0;
        var before = _held;
        _held += (fill.Side == Side.Buy ? 1 : -1) * fill.Quantity.ToDecimal();
        _roundTrips += before != 0 && (_held == 0 || Math.Sign(_held) != Math.Sign(before)) ? 1 : 0;
    }

    /// <summary>The filters that the embedded venue lists for every symbol.</summary>
    private static TradingRules Rules(InstrumentId instrument, string quoteAsset) => new()
    {
        Instrument = instrument,
        BaseAsset = instrument.Symbol[..^quoteAsset.Length],
        QuoteAsset = quoteAsset,
        TickSize = Price.Parse("0.01"),
        LotSize = Quantity.Parse("0.00001"),
        MinQuantity = Quantity.Parse("0.00001"),
        MaxQuantity = Quantity.Parse("9000"),
        MinNotional = 5,
    };
}
