using System.Collections.Immutable;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Trading;

/// <summary>
/// A model's account on paper, so that champion and challengers are compared by what they would have earned on the same samples.
/// Signals pass through risk, sizing and paper execution as those of the real portfolio; an order is filled at the quote of the
/// next sample, as far as the quantity at the touch goes. Invariants: (1) nothing leaves the account; (2) the same samples and
/// signals give the same days; (3) a day is counted once it is over, and only if the account was open at its begin.
/// </summary>
public sealed class VirtualLane
{
    /// <summary>Complete days kept.</summary>
    public const int DaysKept = 400;

    /// <summary>Name of the portfolio in the account's books; it is not among those of the agent.</summary>
    public const string Portfolio = "virtual";

    private readonly PriceLevel[] _touch = new PriceLevel[2];
    private readonly RiskEngine _risk;
    private readonly PaperExecution _execution;
    private readonly PortfolioLedger _ledger;
    private readonly TradingRules _rules;
    private ImmutableArray<VirtualDay> _days = [];
    private VirtualDay? _today;
    private bool _isPartial;
    private decimal? _capital;
    private decimal _dayEquity;
    private int _dayFills;

    /// <param name="modelId">The model.</param>
    /// <param name="rules">The venue's rules of the instrument.</param>
    /// <param name="terms">Balances, limits and costs.</param>
    /// <param name="restored">State of before a restart; null begins a new account.</param>
    public VirtualLane(string modelId, TradingRules rules, VirtualTerms terms, VirtualLaneState? restored = null)
    {
        ModelId = modelId;
        _rules = rules;
        _risk = new RiskEngine(Portfolio, terms.Limits, terms.Sizing, restored?.Risk, terms.Placement);
        _execution = new PaperExecution(Portfolio, rules, terms.Paper);
        _ledger = restored is null ? new PortfolioLedger(Portfolio, terms.QuoteAsset, terms.Balances) : PortfolioLedger.Restore(restored.Ledger);
        if (restored is not null)
        {
            (_days, _today, _isPartial) = (restored.Days, restored.Today, restored.IsPartial);
            (_capital, _dayEquity, _dayFills) = (restored.Capital, restored.DayEquity, restored.DayFills);
        }
    }

    public string ModelId { get; }

    /// <summary>Complete days, oldest first.</summary>
    public ImmutableArray<VirtualDay> Days => _days;

    /// <summary>The day that is not over; null before the first sample.</summary>
    public VirtualDay? Today => _today;

    /// <summary>True while an order is in flight, which a restart would lose.</summary>
    public bool HasOrders => _execution.OpenOrders.Count > 0;

    /// <summary>Increases with each complete day.</summary>
    public long DaysClosed { get; private set; }

    /// <summary>The account's figures now.</summary>
    public VirtualAccountSummary Summary
    {
        get
        {
            var books = _ledger.Snapshot();
            return new(ModelId, _capital ?? books.Equity, books.Equity, books.Fees, books.FillCount, _risk.Breaker.Mode, _days, _today);
        }
    }

    /// <summary>Takes one sample with the model's signal on it, in order of samples.</summary>
    public void OnSample(FeatureSample sample, Signal signal)
    {
        ShowQuote(sample);
        BeginDay(sample.EventTime);
        AccountSteps.Follow(_risk, _execution, _ledger, _rules, signal, sample, _execution.OpenOrders, Ignore);
        double? score = double.IsFinite(signal.Score) ? signal.Score : null;
        Count(sample, score, isJudged: score is not null || (sample.IsWarm && !IsWithoutSource(signal)));
    }

    /// <summary>The model failed on a sample: its position is marked, and no order is sent.</summary>
    public void OnFailure(FeatureSample sample)
    {
        ShowQuote(sample);
        BeginDay(sample.EventTime);
        Count(sample, null, isJudged: true);
    }

    public VirtualLaneState ToState() => new()
    {
        ModelId = ModelId,
        Ledger = _ledger.ToState() with { EquityCurve = [] },
        Risk = _risk.ToState(),
        Capital = _capital,
        DayEquity = _dayEquity,
        DayFills = _dayFills,
        Today = _today,
        IsPartial = _isPartial,
        Days = _days,
    };

    /// <summary>
    /// The quote becomes the book, then its time arrives: an order sent at the sample before meets the new quote, never the one
    /// that it was decided on.
    /// </summary>
    private void ShowQuote(FeatureSample sample)
    {
        if (!sample.Quote.IsTwoSided || sample.Quote.IsCrossed)
        {
            return;
        }

        var quote = sample.Quote;
        (_touch[0], _touch[1]) = (new PriceLevel(quote.Bid, quote.BidQuantity), new PriceLevel(quote.Ask, quote.AskQuantity));
        _execution.OnFeedReset();
        _execution.OnMarket(new MarketEvent { Kind = MarketEventKind.BookSnapshot, LastId = sample.LastSequence, BidCount = 1, AskCount = 1 }, _touch);
        _execution.OnMarket(new MarketEvent { Kind = MarketEventKind.Quote, EventTime = sample.EventTime }, []);
        if (_execution.HasChanges)
        {
            TradingLane.Book(_execution, _ledger, _rules, Ignore);
        }

        var marked = _ledger.Mark(sample.Instrument, quote.Mid, sample.EventTime);
        _capital ??= marked.Equity;
    }

    private void BeginDay(Timestamp time)
    {
        var day = DateOnly.FromDateTime(time.ToDateTimeOffset().UtcDateTime);
        if (_today?.Day == day)
        {
            return;
        }

        if (_today is { } over && day > over.Day && !_isPartial && !(_days is [.., var last] && last.Day >= over.Day))
        {
            _days = [.. _days.Length < DaysKept ? _days : _days.RemoveAt(0), over];
            DaysClosed++;
        }

        _isPartial = _today is null;
        var books = _ledger.Snapshot();
        (_dayEquity, _dayFills) = (books.Equity, books.FillCount);
        _today = new VirtualDay { Day = day, Pnl = 0, Fills = 0, Samples = 0, Failures = 0, ScoreMin = null, ScoreMax = null, Until = time };
    }

    /// <param name="sample">The sample.</param>
    /// <param name="score">Null without one.</param>
    /// <param name="isJudged">
    /// False for a model that waits and has not failed: while windows fill, as after each start, and while a source of posts or releases that it needs is away.
    /// </param>
    private void Count(FeatureSample sample, double? score, bool isJudged)
    {
        var (today, books) = (_today!, _ledger.Snapshot());
        _today = today with
        {
            Pnl = _capital is > 0 ? (double)((books.Equity - _dayEquity) / _capital.Value) : 0,
            Fills = books.FillCount - _dayFills,
            Samples = today.Samples + (isJudged ? 1 : 0),
            Failures = today.Failures + (isJudged && score is null ? 1 : 0),
            ScoreMin = score is null ? today.ScoreMin : Math.Min(today.ScoreMin ?? double.MaxValue, score.Value),
            ScoreMax = score is null ? today.ScoreMax : Math.Max(today.ScoreMax ?? double.MinValue, score.Value),
            Until = sample.EventTime,
        };
    }

    private static bool IsWithoutSource(Signal signal)
    {
        foreach (var refusal in signal.Refusals)
        {
            if (refusal.Code is SignalGate.SentimentUnknown or SignalGate.CalendarUnknown)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The ledger counts the fills.</summary>
    private static void Ignore(Fill fill)
    {
    }
}
