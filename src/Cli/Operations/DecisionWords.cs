using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Cli.Operations;

/// <summary>Puts the provenance of a decision into words, in the order in which it was made.</summary>
/// <param name="view">The decision.</param>
/// <param name="full">True for every check, contribution and feature, false for those that matter.</param>
internal sealed class DecisionWords(DecisionView view, bool full)
{
    /// <summary>Contributions that are shown, by size.</summary>
    private const int ContributionsShown = 8;

    private readonly Decision _decision = view.Decision;

    public IEnumerable<string> Lines() => [.. Conclusion(), "", .. Sample(), "", .. Score(), "", .. Risk(), .. OrderLines(), .. Features()];

    private IEnumerable<string> Conclusion()
    {
        var (signal, risk) = (_decision.Signal, _decision.Risk);
        yield return $"decision {_decision.Id.Text}: {signal.Strategy} for {_decision.Portfolio} on {signal.Instrument.Key} at {Figures.Time(signal.EventTime)}";
        yield return risk.Intent is not null
            ? $"RESULT   order: {risk.Summary}"
            : signal.IsValid
                ? $"RESULT   no order ({Figures.Word(risk.Outcome)}): {risk.Summary}"
                : $"RESULT   no order, the signal was refused: {string.Join(", ", signal.Refusals.Select(refusal => refusal.Code))}";
    }

    private IEnumerable<string> Sample()
    {
        var sample = _decision.Sample;
        var age = (sample.EventTime - sample.LastEventTime).TotalMilliseconds;
        yield return $"SAW      bid {sample.Quote.Bid} ask {sample.Quote.Ask}, spread {Figures.Number(sample.Quote.SpreadBps, "0.00")} bps, "
            + $"book {(sample.BookInSync ? "in sync" : "NOT in sync")}, last event {Figures.Milliseconds(age)} before the sample";
        yield return $"         features {(sample.IsWarm ? "warm" : "still filling their windows")}, last event {sample.LastSequence}, schema {sample.SchemaHash:x16}";
        if (sample.Scorer is { } scorer)
        {
            yield return $"         tones of posts by {scorer.Id}, hash {scorer.Hash}";
        }
    }

    private IEnumerable<string> Score()
    {
        var signal = _decision.Signal;
        yield return $"SCORED   {signal.ModelId} wants {Figures.Word(signal.Direction)}: score {Figures.Number(signal.Score)}, "
            + $"confidence {Figures.Number(signal.Confidence, "0.00")}, expected move {Figures.Number(signal.ExpectedMoveBps, "0.0")} bps";
        if (signal.Reason is { } reason)
        {
            yield return $"         because {reason}";
        }

        foreach (var refusal in signal.Refusals)
        {
            yield return $"  refused  {refusal.Code}: {refusal.Detail}";
        }

        foreach (var line in Contributions())
        {
            yield return line;
        }
    }

    private IEnumerable<string> Contributions()
    {
        if (view.Explanation is not { } explanation)
        {
            yield return $"         no contributions: {view.NoExplanation ?? "the agent gives no reason"}";
            yield break;
        }

        yield return $"         raw score {Figures.Number(explanation.RawScore, "+0.0000;-0.0000")} = baseline {Figures.Number(explanation.Baseline, "+0.0000;-0.0000")} plus:";
        var bySize = explanation.Contributions.OrderByDescending(part => Math.Abs(part.Contribution)).ToArray();
        foreach (var part in full ? bySize : bySize.Take(ContributionsShown))
        {
            yield return $"           {Figures.Number(part.Contribution, "+0.0000;-0.0000"),8}  {part.Name} = {Figures.Number(part.Value, "G6")}";
        }

        if (!full && bySize.Length > ContributionsShown)
        {
            var others = Figures.Number(bySize.Skip(ContributionsShown).Sum(part => part.Contribution), "+0.0000;-0.0000");
            yield return $"           {others,8}  {bySize.Length - ContributionsShown} others; --full lists them";
        }
    }

    private IEnumerable<string> Risk()
    {
        var risk = _decision.Risk;
        yield return $"RISK     {Figures.Word(risk.Outcome)}; position {Figures.Exact(risk.CurrentPosition)} → target {Figures.Exact(risk.TargetPosition)}; "
            + $"breaker {Figures.Word(risk.Breaker.Mode)} ({risk.Breaker.Reason})";
        var failed = risk.Checks.Where(check => !check.Passed).ToArray();
        foreach (var check in full ? [.. risk.Checks] : failed)
        {
            yield return $"  {(check.Passed ? "passed " : "REFUSED")}  {check.Code}: {Measured(check)}";
        }

        if (!full && risk.Checks.Length > failed.Length)
        {
            yield return $"  passed   {risk.Checks.Length - failed.Length} checks; --full lists them";
        }
    }

    /// <summary>The value against its limit, and what the rule measures.</summary>
    private static string Measured(RiskCheck check)
    {
        var rule = RiskRules.All.FirstOrDefault(known => known.Code == check.Code);
        var unit = rule is null ? "" : $" {rule.Unit}";
        var figures = check.Value is null && check.Limit is null ? "" : $"{Figures.Exact(check.Value)} against {Figures.Exact(check.Limit)}{unit}";
        var words = string.Join("; ", new[] { figures, check.Detail ?? "" }.Where(part => part.Length > 0));
        return rule is null ? words : $"{words}{(words.Length > 0 ? ". " : "")}{rule.Measure}";
    }

    private IEnumerable<string> OrderLines()
    {
        if (_decision.Risk.Intent is not { } intent)
        {
            yield break;
        }

        yield return "";
        yield return $"ORDER    {intent.ClientOrderId}: {Figures.Word(intent.Side)} {intent.Quantity} {Figures.Word(intent.Type)}"
            + $"{(intent.LimitPrice is { } limit ? $" at {limit}" : "")}, mid {Figures.Money(intent.ReferencePrice)}{(intent.ReducesRisk ? ", reduces the position" : "")}";
        yield return view.Order is { } order ? $"         {Outcome(order)}" : "         no longer in memory: 'btcagent trades' has its fills";
    }

    private static string Outcome(Order order)
    {
        var slippage = order is { AverageFillPrice: { } average, Intent.ReferencePrice: > 0 and var mid }
            ? (average - mid) / mid * 10_000 * (order.Intent.Side == Side.Buy ? 1 : -1)
            : (decimal?)null;
        return $"{Figures.Word(order.Status)}, {order.FilledQuantity} of {order.Quantity} filled"
            + (slippage is { } bps ? $" at {Figures.Money(order.AverageFillPrice)}, slippage {Figures.Number((double)bps, "+0.0;-0.0;0.0")} bps" : "")
            + (order.Reason is { } reason ? $": {reason}" : "");
    }

    private IEnumerable<string> Features()
    {
        if (!full)
        {
            yield break;
        }

        yield return "";
        yield return view.Features.Count > 0 ? "FEATURES" : "FEATURES their schema is not the agent's current one: no names";
        foreach (var feature in view.Features)
        {
            yield return $"  {feature.Name} = {Figures.Number(feature.Value, "G6")} {feature.Unit}";
        }
    }
}
