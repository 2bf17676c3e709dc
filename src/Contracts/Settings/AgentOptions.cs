using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Contracts.Settings;

/// <summary>Instruments, portfolios and strategies: section <c>Agent</c> of the configuration.</summary>
public sealed class AgentOptions
{
    public const string Section = "Agent";

    /// <summary>Instruments to read, <c>VENUE:SYMBOL</c>. Required.</summary>
    [MinLength(1)]
    public List<string> Instruments { get; set; } = [];

    /// <summary>Portfolios to keep books for. Required.</summary>
    [MinLength(1)]
    public List<PortfolioOptions> Portfolios { get; set; } = [];

    /// <summary>Strategies to run. Required.</summary>
    [MinLength(1)]
    public List<StrategyOptions> Strategies { get; set; } = [];

    /// <summary>
    /// Folder of strategies in C#, compiled at start; empty for none. With <c>--venue binance-testnet</c> and <c>binance-live</c> only
    /// those in <see cref="LiveStrategies"/> may trade. Default empty.
    /// </summary>
    public string StrategyFolder { get; set; } = "";

    /// <summary>
    /// Strategies of <see cref="StrategyFolder"/> that may send real orders: <c>name</c>, or <c>name@hash</c> with at least 12 digits of
    /// its source's hash, so that a changed source does not trade. Default none.
    /// </summary>
    public List<string> LiveStrategies { get; set; } = [];

    public FeatureOptions Features { get; set; } = new();

    public SignalOptions Signals { get; set; } = new();

    public RiskLimits Limits { get; set; } = new();

    public SizingOptions Sizing { get; set; } = new();

    public PaperOptions Paper { get; set; } = new();

    public PlacementOptions Placement { get; set; } = new();

    /// <summary>Returns <see cref="Placement"/> with the fees of <see cref="Paper"/> where it has none.</summary>
    public PlacementOptions PlacementInForce() => Placement.WithFee(Paper.TakerFeeBps);

    /// <summary>
    /// Seconds between two prices of an untraded asset that fees are paid in, such as BNB. Default 10; see
    /// <see cref="RiskLimits.MaxValuationAgeMs"/>.
    /// </summary>
    [Range(1.0, 3_600.0)]
    public double ValuationSeconds { get; set; } = 10;

    /// <inheritdoc cref="ValuationSeconds"/>
    public TimeSpan ValuationInterval => TimeSpan.FromSeconds(ValuationSeconds);

    /// <summary>
    /// True in a replay: every sample is decided before the next event, so that a run repeats exactly. False live:
    /// one decision in flight; the latest sample wins, and skipped samples are counted. Default false.
    /// </summary>
    public bool WaitForDecisions { get; set; }

    /// <summary>
    /// Milliseconds from reading an event to its sample; older samples are only counted, so that the agent catches up after a
    /// failure without trading the past. Replays decide all samples. Default 2,000.
    /// </summary>
    [Range(50.0, 3_600_000.0)]
    public double DecisionAgeMsMax { get; set; } = 2_000;

    /// <summary>Seconds between snapshots of book and features, from which the next activation resumes. Default 10.</summary>
    [Range(1.0, 3_600.0)]
    public double SnapshotSeconds { get; set; } = 10;

    /// <summary>
    /// In a single process, whose log ends with it: seconds of market data that may be missing between the snapshot and the
    /// first event after a restart. After a longer gap all feature windows start empty. Default 30.
    /// </summary>
    [Range(0.0, 120.0)]
    public double SnapshotGapSecondsMax { get; set; } = 30;

    /// <summary>
    /// On paper, lets a model trade whose verdict is not <c>survives</c>. Real money needs a named person's override instead.
    /// Default false.
    /// </summary>
    public bool UnprovenModelsTrade { get; set; }

    /// <summary>True at Binance with real money: the agent sets it by its venue, over any other source. Default false.</summary>
    public bool RealMoney { get; set; }

    /// <summary>Portfolio and instrument of all orders, canaries' too, each pair once.</summary>
    public IEnumerable<(string Portfolio, string Instrument)> Executions() =>
        Strategies.SelectMany(strategy => strategy.TradedPortfolios(), (strategy, portfolio) => (portfolio, strategy.Instrument)).Distinct();

    /// <summary>Instruments that are traded for a portfolio, each once.</summary>
    public IEnumerable<InstrumentId> InstrumentsOf(string portfolio) =>
        Executions().Where(execution => execution.Portfolio == portfolio).Select(execution => InstrumentId.Parse(execution.Instrument));

    /// <summary>True for a portfolio in which only canaries trade.</summary>
    public bool IsCanaryPortfolio(string portfolio) => Strategies.Any(strategy => strategy.CanaryPortfolio == portfolio);

    /// <summary>Which models may trade, by their verdicts.</summary>
    public ChampionGate ChampionGate() => new(RealMoney, UnprovenModelsTrade);

    /// <summary>True with real money: no order is sent until an operator has armed trading. Default false.</summary>
    public bool MustBeArmed { get; set; }
}
