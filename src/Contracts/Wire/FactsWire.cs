using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using Google.Protobuf;
using Outcome = BtcAgent.Domain.Risk.RiskOutcome;
using WireOutcome = BtcAgent.Contracts.Wire.V1.RiskOutcome;

namespace BtcAgent.Contracts.Wire;

/// <summary>Converts the agent's facts to and from <c>Protos/facts.proto</c>.</summary>
public static class FactsWire
{
    /// <summary>JSON format of a decision in the journal; NaN and infinities round-trip.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static byte[] Encode(FeatureSample sample)
    {
        var wire = new FeatureVector
        {
            Instrument = sample.Instrument.Key,
            EventTime = sample.EventTime.UnixNanoseconds,
            ReceiveTime = sample.ReceiveTime.UnixNanoseconds,
            LastSequence = sample.LastSequence,
            SchemaHash = sample.SchemaHash,
            IsWarm = sample.IsWarm,
            BookInSync = sample.BookInSync,
            BidPrice = sample.Quote.Bid.Units,
            AskPrice = sample.Quote.Ask.Units,
            Position = ToWire(sample.Position),
        };
        wire.Values.AddRange(sample.Values);
        return wire.ToByteArray();
    }

    public static byte[] Encode(Signal signal)
    {
        var wire = new TradingSignal
        {
            Instrument = signal.Instrument.Key,
            Strategy = signal.Strategy,
            EventTime = signal.EventTime.UnixNanoseconds,
            ModelId = signal.ModelId,
            ModelHash = signal.ModelHash,
            Direction = (int)signal.Direction,
            Score = signal.Score,
            Confidence = signal.Confidence,
            ExpectedMoveBps = signal.ExpectedMoveBps,
        };
        wire.Refusals.AddRange(signal.Refusals.Select(refusal => refusal.Code));
        return wire.ToByteArray();
    }

    public static byte[] Encode(Decision decision)
    {
        var wire = new RiskDecision
        {
            Id = decision.Id.Text,
            Portfolio = decision.Portfolio,
            Instrument = decision.Sample.Instrument.Key,
            Strategy = decision.Signal.Strategy,
            EventTime = decision.Sample.EventTime.UnixNanoseconds,
            Outcome = decision.Risk.Outcome switch
            {
                Outcome.Approved => WireOutcome.Approved,
                Outcome.Hold => WireOutcome.Hold,
                _ => WireOutcome.Rejected,
            },
            TargetPosition = Text(decision.Risk.TargetPosition),
            CurrentPosition = Text(decision.Risk.CurrentPosition),
            Intent = decision.Risk.Intent is { } intent ? ToWire(intent) : null,
            Summary = decision.Risk.Summary,
            Position = ToWire(decision.Sample.Position),
            ModelHash = decision.Signal.ModelHash,
            RecordJson = JsonSerializer.Serialize(decision, Json),
        };
        foreach (var check in decision.Risk.Checks)
        {
            var one = new RiskCheck { Code = check.Code, Passed = check.Passed };
            if (check.Value is { } value)
            {
                one.Value = Text(value);
            }

            if (check.Limit is { } limit)
            {
                one.Limit = Text(limit);
            }

            wire.Checks.Add(one);
        }

        return wire.ToByteArray();
    }

    public static byte[] Encode(Fill fill) => new TradeExecution
    {
        TradeId = fill.TradeId,
        ClientOrderId = fill.ClientOrderId,
        Portfolio = fill.Portfolio,
        Instrument = fill.Instrument.Key,
        Side = MarketDataWire.ToWire(fill.Side),
        Price = fill.Price.Units,
        Quantity = fill.Quantity.Units,
        Fee = Text(fill.Fee),
        FeeAsset = fill.FeeAsset,
        IsMaker = fill.IsMaker,
        EventTime = fill.EventTime.UnixNanoseconds,
    }.ToByteArray();

    /// <exception cref="FormatException">The message or its record is not readable.</exception>
    public static Decision DecodeDecision(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize<Decision>(RiskDecision.Parser.ParseFrom(data).RecordJson, Json)
                ?? throw new FormatException("the record of a decision is empty");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or JsonException)
        {
            throw new FormatException($"not a decision: {e.Message}", e);
        }
    }

    private static V1.OrderIntent ToWire(Domain.Orders.OrderIntent intent)
    {
        var wire = new V1.OrderIntent
        {
            ClientOrderId = intent.ClientOrderId,
            Side = MarketDataWire.ToWire(intent.Side),
            Type = intent.Type.ToString(),
            TimeInForce = intent.TimeInForce.ToString(),
            Quantity = intent.Quantity.Units,
        };
        if (intent.LimitPrice is { } limit)
        {
            wire.LimitPrice = limit.Units;
        }

        if (intent.StopPrice is { } stop)
        {
            wire.StopPrice = stop.Units;
        }

        return wire;
    }

    private static V1.LogPosition? ToWire(Domain.Features.LogPosition? position) => position is null
        ? null
        : new V1.LogPosition { Origin = position.Origin, Offset = position.Offset, FeedEpoch = position.FeedEpoch, Lines = position.Lines };

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
