using BtcAgent.Contracts.Instruments;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Storage;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>Trips each breaker on the agent's health, and the rules that need real orders, in a running agent.</summary>
internal static class EveryBreakerTrips
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static readonly IReadOnlyDictionary<string, Func<Scenario, Task>> ByCode = new Dictionary<string, Func<Scenario, Task>>
    {
        [RiskCodes.Reconciling] = async s =>
        {
            await OpenAsync(s);
            await SubmitAsync(s, 0); // Without an answer its outcome is unknown.
            await Eventually.TrueAsync("the order is in doubt", async () => (await s.Execution.GetStatus()).IsReconciling, Limit);
            EveryRuleTrips.AssertFailed(RiskCodes.Reconciling, await s.PlaceAsync());
        },
        [RiskCodes.SystemBreaker] = async s =>
        {
            s.ReadMsAgo = 50_000;
            await OpenAsync(s);
            await TrippedAsync(s, "FEED_STALENESS");
        },
        ["FEED_STALENESS"] = async s =>
        {
            s.WayMs = -50_000; // Recorded long ago, as on a tape: the feed reads it now.
            await OpenAsync(s);
            Assert.InRange((await s.Rig.Grains.GetGrain<IInstrumentGrain>(s.Instrument.Key).GetSnapshot(0)).Health.AgeMs, 0, 40_000);
            s.ReadMsAgo = 50_000; // As if the last event had been read most of a minute ago.
            await s.Trade(10).PublishAsync();
            await TrippedAsync(s, "FEED_STALENESS");
        },
        ["LATENCY_P99"] = async s =>
        {
            await OpenAsync(s);
            for (var i = 0; i < 100; i++)
            {
                s.Rig.Latencies.Record(Contracts.Measurement.LatencyStage.RiskToOrder, TimeSpan.FromSeconds(3));
            }

            Assert.Contains("RiskToOrder", await TrippedAsync(s, "LATENCY_P99"), StringComparison.Ordinal);
            s.Rig.Time.Skip(TimeSpan.FromMinutes(11));
            await LetGoAsync(s, "LATENCY_P99");
        },
        ["SINK_LAG"] = async s =>
        {
            await OpenAsync(s);
            s.Rig.Journal.Lag = TimeSpan.FromSeconds(301);
            await TrippedAsync(s, "SINK_LAG");
            s.Rig.Journal.Lag = TimeSpan.Zero;
            await LetGoAsync(s, "SINK_LAG");
        },
        [SystemCodes.NoDecisions] = async s =>
        {
            await OpenAsync(s);
            await TrippedAsync(s, SystemCodes.NoDecisions);
        },
        [SystemCodes.StoreUnwritable] = async s =>
        {
            await OpenAsync(s);
            s.Rig.Store.Problem = "disk full";
            Assert.Contains("disk full", await TrippedAsync(s, SystemCodes.StoreUnwritable), StringComparison.Ordinal);
            s.Rig.Store.Problem = null;
            await LetGoAsync(s, SystemCodes.StoreUnwritable);
        },
        [SystemCodes.GrainUnavailable] = async s =>
        {
            await OpenAsync(s);
            s.Rig.Storage.Unreadable[(GrainStateNames.Feature, s.Instrument.Key)] = new IOException("the state cannot be read");
            await s.Rig.RestartAsync(s.Features);
            await TrippedAsync(s, SystemCodes.GrainUnavailable);
            s.Rig.Storage.Unreadable.Clear();
            await LetGoAsync(s, SystemCodes.GrainUnavailable);
        },
        ["ERROR_RATE"] = s => AnsweredAsync(s, "ERROR_RATE", _ => VenueAnswer.Not(VenueOutcome.NotNow, "-1003")),
        ["REJECT_RATE"] = s => AnsweredAsync(s, "REJECT_RATE", _ => VenueAnswer.Not(VenueOutcome.Refused, "-2010")),
        ["SLIPPAGE"] = s => FilledAsync(s, "SLIPPAGE", price: 50_500, laterMs: 0),
        ["FILL_DELAY"] = s => FilledAsync(s, "FILL_DELAY", price: 50_001, laterMs: 60_000),
    };

    private static async Task OpenAsync(Scenario s)
    {
        await s.OpenAsync();
        await s.Execution.Reconcile("the scenario begins");
        await Eventually.TrueAsync("orders agree with the venue", async () => !(await s.Execution.GetStatus()).IsReconciling, Limit);
        await s.Book(49_999, 50_001).Trade(1_000).PublishAsync();
        await s.Trade(10).PublishAsync();
    }

    private static async Task<string> TrippedAsync(Scenario s, string code)
    {
        var detail = "";
        await Eventually.TrueAsync(
            $"{code} trips",
            async () => (detail = await DetailAsync(s)).Contains(code, StringComparison.Ordinal),
            Limit,
            () => $"'{detail}'");
        return detail;
    }

    private static async Task LetGoAsync(Scenario s, string code) => await Eventually.TrueAsync(
        $"{code} lets go", async () => !(await DetailAsync(s)).Contains(code, StringComparison.Ordinal), Limit);

    private static async Task<string> DetailAsync(Scenario s) =>
        (await s.PlaceAsync("0.00001")).Checks.FirstOrDefault(check => check.Code == RiskCodes.SystemBreaker && !check.Passed).Detail ?? "";

    private static async Task AnsweredAsync(Scenario s, string code, Func<OrderIntent, VenueAnswer> answer)
    {
        s.Rig.Venue.Answers[s.Instrument.Key] = answer;
        await OpenAsync(s);
        for (var i = 0; i < 12; i++)
        {
            await SubmitAsync(s, i);
        }

        await TrippedAsync(s, code);
        s.Rig.Time.Skip(TimeSpan.FromMinutes(9.5)); // Within the window, what was answered counts on.
        await TrippedAsync(s, code);
        s.Rig.Time.Skip(TimeSpan.FromMinutes(0.5));
        await LetGoAsync(s, code);
    }

    /// <summary>The venue fills at once, at another price or later than the market fills the simulated twin.</summary>
    private static async Task FilledAsync(Scenario s, string code, decimal price, double laterMs)
    {
        s.Rig.Venue.Answers[s.Instrument.Key] = intent => VenueAnswer.Done(Filled(intent, price, intent.EventTime + TimeSpan.FromMilliseconds(60 + laterMs)));
        await OpenAsync(s);
        await SubmitAsync(s, 0);
        await s.Trade(200).Trade(2_000).Trade(10_000).PublishAsync();
        await TrippedAsync(s, code);
        s.Rig.Time.Skip(TimeSpan.FromMinutes(60));
        await LetGoAsync(s, code);
    }

    private static async Task SubmitAsync(Scenario s, int number) => await s.Execution.Submit(
        Intent(s, number),
        new SendTerms(
            (await s.Execution.GetOpenOrders()).Epoch, Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow) + TimeSpan.FromMinutes(1)));

    private static OrderIntent Intent(Scenario s, int number)
    {
        var decision = DecisionId.From(s.Portfolio, $"scenario-{number}", s.Instrument, s.Now);
        return new OrderIntent
        {
            ClientOrderId = decision.ClientOrderId(0),
            Decision = decision,
            Portfolio = s.Portfolio,
            Instrument = s.Instrument,
            Side = Side.Buy,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Quantity = Quantity.Parse("0.01"),
            EventTime = s.Now,
            ReferencePrice = 50_000,
            ReducesRisk = false,
        };
    }

    private static ExecutionReport Filled(OrderIntent intent, decimal price, Timestamp time) => new()
    {
        ClientOrderId = intent.ClientOrderId,
        Kind = ExecutionReportKind.Trade,
        EventTime = time,
        VenueOrderId = "1",
        VenueOrder = new VenueOrder
        {
            ClientOrderId = intent.ClientOrderId,
            VenueOrderId = "1",
            Instrument = intent.Instrument,
            Side = intent.Side,
            Type = intent.Type,
            TimeInForce = intent.TimeInForce,
            Quantity = intent.Quantity,
            Status = OrderStatus.Filled,
            ExecutedQuantity = intent.Quantity,
            UpdatedAt = time,
        },
        Fill = new Fill
        {
            TradeId = "1",
            ClientOrderId = intent.ClientOrderId,
            Portfolio = intent.Portfolio,
            Instrument = intent.Instrument,
            Side = intent.Side,
            Price = Price.Parse(price.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Quantity = intent.Quantity,
            Fee = 0,
            FeeAsset = "USDT",
            IsMaker = false,
            EventTime = time,
        },
    };
}
