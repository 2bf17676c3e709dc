using System.Globalization;
using System.Text.Json;
using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;
using BtcAgent.Silo.Tests.Roles;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Checks = Grpc.Health.V1.Health;

namespace BtcAgent.Silo.Tests.Rpc;

/// <summary>Every method of gRPC against a running agent, which REST shows the same.</summary>
public sealed class RpcAgentTests(RpcAgentFixture fixture) : IClassFixture<RpcAgentFixture>
{
    private const string Instrument = "BINANCE:BTCUSDT";

    private readonly RunningAgent _agent = fixture.Agent;
    private readonly OperatorClient _client = fixture.Client;

    [Fact]
    public async Task Reads_OfARunningAgent_ShowWhatRestShows()
    {
        var status = await _client.Status.GetAsync(new GetStatusRequest());
        Assert.Equal(("paper", true), (status.Mode, status.Feeds[Instrument].IsConnected));

        var instruments = await _client.Instruments.ListAsync(new ListInstrumentsRequest());
        Assert.Equal(Instrument, Assert.Single(instruments.Instruments).Instrument_);
        var view = await _client.Instruments.GetAsync(new GetInstrumentRequest { Instrument = Instrument, Depth = 5, Bars = 3 });
        Assert.Equal((5, true), (view.Book.Bids.Count, view.Book.InSync));
        Assert.InRange(view.Market.Bars.Count, 1, 3);
        var progress = await _client.Instruments.GetProgressAsync(new GetProgressRequest { Instrument = Instrument });
        Assert.True(progress.EventsConsumed > 0);
        Assert.Equal(16, progress.SequenceChecksum.Length);

        var portfolio = Assert.Single((await _client.Portfolios.ListAsync(new ListPortfoliosRequest())).Portfolios);
        Assert.Equal("main", portfolio.Portfolio_);
        var own = await _client.Portfolios.GetAsync(new GetPortfolioRequest { Portfolio = "main", Equity = true });
        var initial = (await _agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("initialEquity").GetDecimal();
        Assert.Equal(initial, decimal.Parse(own.Portfolio.InitialEquity, CultureInfo.InvariantCulture));
        Assert.NotEmpty(own.EquityCurve);

        var rules = await _client.Limits.ListRulesAsync(new ListRulesRequest());
        Assert.Equal(
            (await _agent.GetAsync("/api/v1/risk/rules")).EnumerateArray().Select(rule => rule.GetProperty("code").GetString()),
            rules.Rules.Select(rule => rule.Code));
        Assert.NotEmpty((await _client.Orders.ListExecutionsAsync(new ListExecutionsRequest())).Executions);
        Assert.Empty((await _client.Models.ListAsync(new ListModelsRequest())).Models);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await _client.Models.GetAsync(new GetModelRequest { Id = "none" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Lists_PageByPage_HaveEveryRowOnce()
    {
        var orders = new List<string>();
        var cursor = "";
        do
        {
            var page = await _client.Orders.ListAsync(new ListOrdersRequest { Portfolio = "main", Instrument = Instrument, PageSize = 1, Cursor = cursor });
            orders.AddRange(page.Orders.Select(order => order.Intent.ClientOrderId));
            cursor = page.NextCursor;
        }
        while (cursor.Length > 0 && orders.Count < 5);

        Assert.NotEmpty(orders);
        Assert.Equal(orders.Count, orders.Distinct().Count());
        var first = await _client.Signals.ListAsync(new ListSignalsRequest { PageSize = 2 });
        var second = await _client.Signals.ListAsync(new ListSignalsRequest { PageSize = 2, Cursor = first.NextCursor });
        Assert.True(second.Signals[0].EventTime.ToDateTimeOffset() < first.Signals[1].EventTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task Decision_WithOrder_IsTheOneOfRest()
    {
        var listed = (await _client.Decisions.ListAsync(new ListDecisionsRequest { OnlyWithOrders = true, Portfolio = "main", PageSize = 500 })).Decisions[^1];
        var view = await _client.Decisions.GetAsync(new GetDecisionRequest { Id = listed.Id });
        var rest = await _agent.GetAsync($"/api/v1/decisions/{listed.Id}");

        Assert.Equal(rest.GetProperty("decision").GetRawText(), view.Decision.RecordJson);
        Assert.Equal(rest.GetProperty("features").GetArrayLength(), view.Features.Count);
        Assert.Equal($"ba-{listed.Id}-0", view.Order.Intent.ClientOrderId);
        Assert.Equal(rest.GetProperty("order").GetProperty("filledNotional").GetDecimal(), decimal.Parse(view.Order.FilledNotional, CultureInfo.InvariantCulture));
        Assert.All(view.Decision.Risk.Checks, check => Assert.True(check.Passed));
    }

    [Fact]
    public async Task History_OfARunningAgent_IsThePageOfRest()
    {
        // The first rows are stored within a minute: a page is empty or full in both.
        await Testing.Eventually.TrueAsync(
            "the same page",
            async () =>
            {
                var page = await _client.History.ReadAsync(new ReadHistoryRequest { Dataset = "trades", PageSize = 5, OldestFirst = true });
                var rest = await _agent.GetAsync("/api/v1/history/trades?limit=5&oldestFirst=true");
                return rest.GetRawText() == JsonDocument.Parse(page.Content.ToStringUtf8()).RootElement.GetRawText()
                    && page.Rows == rest.GetProperty("items").GetArrayLength();
            },
            TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Commands_OfARunningAgent_DoWhatRestShows()
    {
        var limits = await _client.Limits.GetAsync(new GetLimitsRequest { Portfolio = "main" });
        var (name, value) = limits.Values.First(limit => decimal.Parse(limit.Value, CultureInfo.InvariantCulture) > 0);
        var changed = await _client.Limits.ChangeAsync(new ChangeLimitRequest { Portfolio = "main", Name = name, Value = value, Reason = "the same value" });
        Assert.Equal("the same value", changed.Limits.Changes[^1].Reason);
        var invalid = await Assert.ThrowsAsync<RpcException>(async () => await _client.Limits.ChangeAsync(
            new ChangeLimitRequest { Portfolio = "main", Name = "none", Value = "1", Reason = "a drill" }));
        Assert.Equal("name", Assert.Single(invalid.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);

        Assert.True((await _client.Control.DisarmAsync(new DisarmRequest { Reason = "a drill" })).Breakers.ContainsKey("main"));
        Assert.True((await _client.Control.ArmAsync(new ArmRequest { Reason = "a drill" })).IsArmed);
        Assert.Equal(BreakerMode.Halted, (await _client.Control.HaltAsync(new HaltRequest { Reason = "a drill", Portfolio = "main" })).Breakers["main"].Mode);
        var halted = (await _agent.GetAsync("/api/v1/portfolios/main")).GetProperty("risk").GetProperty("breaker");
        Assert.Equal("halted", halted.GetProperty("mode").GetString());

        // Below the market, within the limit on mistyped prices.
        var quote = (await _client.Instruments.GetAsync(new GetInstrumentRequest { Instrument = Instrument })).Market.Quote;
        var price = decimal.Round(decimal.Parse(quote.Bid, CultureInfo.InvariantCulture) * 0.995m, 1).ToString(CultureInfo.InvariantCulture);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await _client.Orders.PlaceAsync(Buy("while-halted", price)));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.NotEmpty(refused.GetRpcStatus()!.GetDetail<PreconditionFailure>()!.Violations);
        Assert.Empty((await _client.Orders.AcceptBalancesAsync(new AcceptBalancesRequest { Reason = "a drill" })).Booked.Values.SelectMany(b => b.Values));

        Assert.Equal(BreakerMode.Active, (await _client.Control.ResumeAsync(new ResumeRequest { Reason = "a drill" })).Breakers["main"].Mode);
        var placed = await _client.Orders.PlaceAsync(Buy("below-the-market", price));
        Assert.True(placed.Order.IsOpen);
        var cancelled = await _client.Orders.CancelAsync(new CancelOrderRequest { ClientOrderId = placed.Order.Intent.ClientOrderId, Reason = "a drill" });
        Assert.Equal(placed.Order.Intent.ClientOrderId, cancelled.Intent.ClientOrderId);

        var flat = await _client.Control.FlattenAsync(new FlattenRequest { Reason = "a drill" });
        Assert.Equal(BreakerMode.Halted, flat.Breakers["main"].Mode);
        await _client.Control.ResumeAsync(new ResumeRequest { Reason = "a drill" });
    }

    [Fact]
    public async Task Health_WithoutAKey_IsThatOfRest()
    {
        using var channel = GrpcChannel.ForAddress(_agent.GrpcAddress);
        var health = new Checks.HealthClient(channel);
        await Testing.Eventually.TrueAsync(
            "the agent serves",
            async () => (await health.CheckAsync(new HealthCheckRequest())).Status == HealthCheckResponse.Types.ServingStatus.Serving,
            TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Models_Commands_RefuseWhatRestRefuses()
    {
        var register = await Assert.ThrowsAsync<RpcException>(async () => await _client.Models.RegisterAsync(
            new RegisterModelRequest { Strategy = "main", Artefact = ByteString.CopyFromUtf8("not a zip"), Reason = "a drill" }));
        Assert.Equal(StatusCode.InvalidArgument, register.StatusCode);
        var move = await Assert.ThrowsAsync<RpcException>(async () => await _client.Models.MoveAsync(
            new MoveModelRequest { Id = "none", Stage = ModelStage.Shadow, Reason = "a drill" }));
        Assert.Equal(StatusCode.NotFound, move.StatusCode);
        var stage = await Assert.ThrowsAsync<RpcException>(async () => await _client.Models.MoveAsync(new MoveModelRequest { Id = "none", Reason = "a drill" }));
        Assert.Equal("stage", Assert.Single(stage.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    private static PlaceOrderRequest Buy(string requestId, string price) => new()
    {
        RequestId = requestId,
        Portfolio = "main",
        Instrument = Instrument,
        Side = Side.Buy,
        Type = OrderType.Limit,
        Quantity = "0.001",
        LimitPrice = price,
        Reason = "a drill",
    };
}
