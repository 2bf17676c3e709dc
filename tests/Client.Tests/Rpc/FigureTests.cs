using System.Globalization;
using System.Text.Json;
using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Signals;
using BtcAgent.Testing;
using Google.Protobuf;

namespace BtcAgent.Client.Tests.Rpc;

/// <summary>Every figure of a REST answer is in the message of gRPC, with the same digits, unless it is listed here.</summary>
public sealed class FigureTests
{
    private static readonly JsonSerializerOptions Rest = Options();

    private static readonly JsonFormatter Messages = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    private static readonly Specimen Specimen = new(
        Price.Parse("61837.63"), Quantity.Parse("0.015"), new Timestamp(1_764_374_400_123_456_789), InstrumentId.Parse("BINANCE:BTCUSDT"));

    /// <summary>Members that only REST has: derived from others, or evidence that <c>record_json</c> carries.</summary>
    private static readonly HashSet<string> OnlyInRest = new(StringComparer.Ordinal)
    {
        // Derived from others.
        "isTwoSided", "isCrossed", "midPrice", "closeTime", "isEmpty", "grossRealizedPnl", "override", "survives", "closedBecause",
        // Rules of the venue that risk applies, and orders never name.
        "maxIcebergParts", "openOrders", "venueOpenOrders", "trailingDelta", "maxAmends", "orderTypes", "deniedFeatures",
        // Details of an order's bookkeeping with the venue.
        "venueQuantity", "venueName", "countedTo",
        // Evidence in the whole record.
        "evidence", "gate", "options", "position", "closedBars", "instantsSkipped", "volatilityPerSqrtSecond",
        // A model's last signal is among the signals.
        "lastSignal", "verdict",
    };

    [Fact]
    public void Status_EveryFigure_IsInTheMessage() => AssertSame<AgentStatus>(StatusMessages.Of);

    [Fact]
    public void Instrument_EveryFigure_IsInTheMessage() => AssertSame<InstrumentSnapshot>(MarketMessages.Of);

    [Fact]
    public void InstrumentView_EveryFigure_IsInTheMessage() => AssertSame<InstrumentView>(MarketMessages.Of);

    [Fact]
    public void Progress_EveryFigure_IsInTheMessage() => AssertSame<FeatureProgress>(MarketMessages.Of);

    [Fact]
    public void Portfolio_EveryFigure_IsInTheMessage() => AssertSame<PortfolioView>(PortfolioMessages.Of);

    [Fact]
    public void Limits_EveryFigure_IsInTheMessage() => AssertSame<LimitsInForce>(PortfolioMessages.Of);

    [Fact]
    public void RiskRule_EveryFigure_IsInTheMessage() => AssertSame<RiskRuleView>(PortfolioMessages.Of);

    [Fact]
    public void Order_EveryFigure_IsInTheMessage() => AssertSame<Order>(OrderMessages.Of);

    [Fact]
    public void ManualOrder_EveryFigure_IsInTheMessage() => AssertSame<ManualOrderAnswer>(OrderMessages.Of);

    [Fact]
    public void Execution_EveryFigure_IsInTheMessage() => AssertSame<ExecutionStatus>(OrderMessages.Of);

    [Fact]
    public void Signal_EveryFigure_IsInTheMessage() => AssertSame<Signal>(DecisionMessages.Of);

    [Fact]
    public void DecisionSummary_EveryFigure_IsInTheMessage() => AssertSame<DecisionSummary>(DecisionMessages.Of);

    [Fact]
    public void Decision_EveryFigure_IsInTheMessage() => AssertSame<DecisionView>(view => DecisionMessages.Of(view, Rest));

    [Fact]
    public void Model_EveryFigure_IsInTheMessage() => AssertSame<ModelView>(ModelMessages.Of);

    [Theory]
    [InlineData("status")]
    [InlineData("mode")]
    public void Compare_MemberMissing_IsReported(string member)
    {
        var status = (AgentStatus)Specimen.Of(typeof(AgentStatus));
        var differences = new List<string>();
        var message = StatusMessages.Of(status with { Mode = "live" });

        Compare(JsonDocument.Parse($$"""{"{{member}}":"mode"}""").RootElement, JsonDocument.Parse(Messages.Format(message)).RootElement, "", differences);

        Assert.Single(differences);
    }

    private static void AssertSame<T>(Func<T, IMessage> write)
    {
        var value = (T)Specimen.Of(typeof(T));
        var differences = new List<string>();

        Compare(
            JsonSerializer.SerializeToElement(value, Rest),
            JsonDocument.Parse(Messages.Format(write(value))).RootElement,
            typeof(T).Name,
            differences);

        Assert.Empty(differences);
    }

    private static void Compare(JsonElement rest, JsonElement message, string path, List<string> differences)
    {
        switch (rest.ValueKind)
        {
            case JsonValueKind.Object when rest.TryGetProperty("text", out var id) && message.ValueKind == JsonValueKind.String:
                Compare(id, message, path, differences);
                break;
            case JsonValueKind.Object:
                foreach (var member in rest.EnumerateObject().Where(member => !OnlyInRest.Contains(member.Name)))
                {
                    if (Find(message, member.Name) is { } found)
                    {
                        Compare(member.Value, found, $"{path}.{member.Name}", differences);
                    }
                    else
                    {
                        differences.Add($"{path}.{member.Name} is not in the message");
                    }
                }

                break;
            case JsonValueKind.Array:
                var items = message.ValueKind == JsonValueKind.Array ? message : message.GetProperty("values");
                if (items.GetArrayLength() != rest.GetArrayLength())
                {
                    differences.Add($"{path} has {rest.GetArrayLength()} entries, in the message {items.GetArrayLength()}");
                    break;
                }

                foreach (var (left, right) in rest.EnumerateArray().Zip(items.EnumerateArray()))
                {
                    Compare(left, right, $"{path}[]", differences);
                }

                break;
            default:
                if (Plain(rest) != Plain(message))
                {
                    differences.Add($"{path} is {rest}, in the message {message}");
                }

                break;
        }
    }

    /// <summary>The member of this name; an id has the suffix in a message.</summary>
    private static JsonElement? Find(JsonElement message, string name) => message.ValueKind != JsonValueKind.Object ? null
        : message.TryGetProperty(name, out var found) || message.TryGetProperty($"{name}Id", out found) ? found
        : null;

    /// <summary>Numbers and times by value, enums of a message (<c>ORDER_STATUS_PENDING_CANCEL</c>) by REST's name.</summary>
    private static string Plain(JsonElement value)
    {
        var text = value.ToString();
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        }

        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span))
        {
            return $"{span.TotalSeconds.ToString(CultureInfo.InvariantCulture)}S";
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcTicks.ToString(CultureInfo.InvariantCulture)
            : text.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() is var name && Prefixes.FirstOrDefault(name.StartsWith) is { } prefix
                ? name[prefix.Length..]
                : name;
    }

    /// <summary>Prefixes of the enums in the .proto files.</summary>
    private static readonly string[] Prefixes =
    [
        "BREAKERMODE", "LATENCYSTAGE", "ORDERSTATUS", "ORDERTYPE", "TIMEINFORCE", "RISKOUTCOME", "RULEEXEMPTION", "MODELSTAGE", "DIRECTION", "SIDE",
    ];

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions();
        GatewayJson.Configure(options);
        return options;
    }
}
