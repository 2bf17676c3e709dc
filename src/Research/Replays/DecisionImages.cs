using BtcAgent.Domain.Features;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Replays;

/// <summary>Converts the steps of a decision to images.</summary>
public static class DecisionImages
{
    /// <summary>The whole sample except its offsets in the log.</summary>
    public static StepImage Of(FeatureSample sample, FeatureSchema schema)
    {
        var image = new StepImage();
        image.Add("schema", sample.SchemaHash);
        image.Add("instrument", sample.Instrument.Key);
        image.Add("event time", sample.EventTime);
        image.Add("last sequence", sample.LastSequence);
        image.Add("last event time", sample.LastEventTime);
        image.Add("receive time", sample.ReceiveTime);
        image.Add("book in sync", sample.BookInSync);
        image.Add("bid", sample.Quote.Bid);
        image.Add("bid quantity", sample.Quote.BidQuantity);
        image.Add("ask", sample.Quote.Ask);
        image.Add("ask quantity", sample.Quote.AskQuantity);
        image.Add("warm", sample.IsWarm);
        image.Add("scorer", sample.Scorer?.ToString());
        for (var i = 0; i < sample.Values.Length; i++)
        {
            image.Add(i < schema.Count ? schema.Definitions[i].Name : $"feature {i}", sample.Values[i]);
        }

        image.Add("volatility", sample.VolatilityPerSqrtSecond);
        image.Add("instants skipped", sample.InstantsSkipped);
        image.Add("closed bars", sample.ClosedBars.Length);
        foreach (var bar in sample.ClosedBars)
        {
            var name = $"bar {bar.OpenTime}";
            image.Add(name, bar.OpenTime);
            image.Add($"{name} interval", bar.Interval.Ticks);
            image.Add($"{name} open", bar.Open);
            image.Add($"{name} high", bar.High);
            image.Add($"{name} low", bar.Low);
            image.Add($"{name} close", bar.Close);
            image.Add($"{name} volume", bar.Volume);
            image.Add($"{name} buy volume", bar.BuyVolume);
            image.Add($"{name} quote volume", bar.QuoteVolume);
            image.Add($"{name} trades", bar.TradeCount);
        }

        return image;
    }

    /// <summary>The model's output before its identity, so that another model diverges in its output first.</summary>
    /// <param name="signal">Recorded or replayed.</param>
    /// <param name="hasRanges">Whether the record counts the features out of range.</param>
    public static StepImage OfScore(Signal signal, bool hasRanges)
    {
        var image = new StepImage();
        image.Add("direction", (int)signal.Direction);
        image.Add("score", signal.Score);
        image.Add("confidence", signal.Confidence);
        image.Add("expected move", signal.ExpectedMoveBps);
        image.Add("model", signal.ModelId);
        image.Add("model hash", signal.ModelHash);
        if (hasRanges)
        {
            image.Add("features out of range", signal.FeaturesOutOfRange);
        }

        return image;
    }

    /// <summary>The refusals of the score.</summary>
    public static StepImage OfRefusals(Signal signal)
    {
        var image = new StepImage();
        image.Add("refusals", signal.Refusals.Length);
        foreach (var refusal in signal.Refusals)
        {
            image.Add($"{refusal.Code} code", refusal.Code);
            image.AddWording($"{refusal.Code} detail", refusal.Detail);
        }

        return image;
    }

    public static StepImage Of(RiskDecision decision)
    {
        var image = new StepImage();
        image.Add("decision", decision.Decision.Text);
        image.Add("outcome", decision.Outcome.ToString());
        image.Add("target position", decision.TargetPosition);
        image.Add("current position", decision.CurrentPosition);
        image.Add("breaker", decision.Breaker.Mode.ToString());
        image.AddWording("breaker reason", decision.Breaker.Reason);
        image.Add("breaker since", decision.Breaker.Since);
        image.Add("checks", decision.Checks.Length);
        foreach (var check in decision.Checks)
        {
            image.Add($"{check.Code} code", check.Code);
            image.Add($"{check.Code} passed", check.Passed);
            image.Add($"{check.Code} value", check.Value);
            image.Add($"{check.Code} limit", check.Limit);
            image.AddWording($"{check.Code} detail", check.Detail);
        }

        image.AddWording("summary", decision.Summary);
        return image;
    }

    public static StepImage Of(OrderIntent? intent)
    {
        var image = new StepImage();
        image.Add("order", intent is not null);
        if (intent is null)
        {
            return image;
        }

        image.Add("client order id", intent.ClientOrderId);
        image.Add("decision", intent.Decision.Text);
        image.Add("portfolio", intent.Portfolio);
        image.Add("instrument", intent.Instrument.Key);
        image.Add("side", intent.Side.ToString());
        image.Add("type", intent.Type.ToString());
        image.Add("time in force", intent.TimeInForce.ToString());
        image.Add("quantity", intent.Quantity);
        image.Add("limit price", intent.LimitPrice?.ToString());
        image.Add("stop price", intent.StopPrice?.ToString());
        image.Add("trailing delta", intent.TrailingDeltaBps);
        image.Add("event time", intent.EventTime);
        image.Add("reference price", intent.ReferencePrice);
        image.Add("reduces risk", intent.ReducesRisk);
        return image;
    }
}
