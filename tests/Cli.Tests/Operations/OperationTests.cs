using System.Globalization;
using System.Text.Json;
using BtcAgent.Cli.Tests.Agents;

namespace BtcAgent.Cli.Tests.Operations;

/// <summary>The verbs on a running agent in another process.</summary>
[Collection(OperatedAgentCollection.Name)]
public sealed class OperationTests(AgentFixture agent)
{
    [Fact]
    public void Status_OfATradingAgent_ShowsEverything()
    {
        var text = agent.Run("status").Expect(0).Output;
        Assert.Contains("paper on Simulator", text, StringComparison.Ordinal);
        Assert.Contains("BINANCE:BTCUSDT", text, StringComparison.Ordinal);
        Assert.Contains("connected", text, StringComparison.Ordinal);
        Assert.Contains("second", text, StringComparison.Ordinal);

        var json = agent.Run("status", "--json").Expect(0).Json;
        Assert.True(json.GetProperty("status").GetProperty("isArmed").GetBoolean());
        Assert.Equal(2, json.GetProperty("portfolios").GetArrayLength());
    }

    [Fact]
    public void Positions_OfOnePortfolio_AddUp()
    {
        var portfolio = agent.Run("positions", "--portfolio", "main", "--json").Expect(0).Json.GetProperty("portfolios")[0];
        var gain = portfolio.GetProperty("realizedPnl").GetDecimal() + portfolio.GetProperty("unrealizedPnl").GetDecimal() - portfolio.GetProperty("fees").GetDecimal();
        Assert.Equal(portfolio.GetProperty("equity").GetDecimal() - portfolio.GetProperty("initialEquity").GetDecimal(), gain);
        Assert.Contains("USDT  cash", agent.Run("positions").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("portfolios are: main, second", agent.Run("positions", "--portfolio", "x").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_ListAndCancel_ActOnTheOrder()
    {
        var bid = agent.Run("status", "--json").Expect(0).Json.GetProperty("portfolios")[0].GetProperty("positions")[0].GetProperty("markPrice").GetDecimal();
        var price = decimal.Floor(bid * 0.95m).ToString(CultureInfo.InvariantCulture);
        await agent.PlaceAsync(new
        {
            requestId = "cli-1",
            portfolio = "second",
            instrument = "BINANCE:BTCUSDT",
            side = "buy",
            type = "limit",
            quantity = "0.001",
            limitPrice = price,
        });

        var open = agent.Run("orders", "--portfolio", "second", "--json").Expect(0).Json.GetProperty("orders");
        var order = Assert.Single(open.EnumerateArray(), o => o.GetProperty("intent").GetProperty("limitPrice").GetString() == price)
            .GetProperty("intent").GetProperty("clientOrderId").GetString()!;
        Assert.Contains($"limit {price}", agent.Run("orders").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("--reason needs 3 to 200 characters", agent.Run("orders", "cancel", order).Expect(2).Error, StringComparison.Ordinal);

        agent.Run("orders", "cancel", order, "--reason", "test of the verb").Expect(0);

        await agent.EventuallyAsync("the cancel", () => Task.FromResult(
            agent.Run("orders", "--portfolio", "second", "--all", "--json").Json.GetProperty("orders").EnumerateArray()
                .Any(o => o.GetProperty("intent").GetProperty("clientOrderId").GetString() == order && o.GetProperty("status").GetString() == "canceled")));
        Assert.Contains("'nothing' is unknown", agent.Run("orders", "cancel", "nothing", "--reason", "test").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trades_OfThePortfolio_ComeFromTheHistory()
    {
        JsonElement trades = default;
        await agent.EventuallyAsync("a stored fill", () =>
        {
            trades = agent.Run("trades", "--portfolio", "main", "--from", "2026-01-01", "--limit", "1", "--json").Expect(0).Json;
            return Task.FromResult(trades.GetProperty("trades").GetArrayLength() == 1);
        });

        var trade = trades.GetProperty("trades")[0];
        Assert.True(trade.GetProperty("quantity").GetDecimal() > 0);
        Assert.Contains(trade.GetProperty("clientOrderId").GetString()!, agent.Run("trades", "--limit", "500").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("no fills are stored", agent.Run("trades", "--to", "2020-01-01").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("'soon' is not a time", agent.Run("trades", "--from", "soon").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_ADecisionWithAnOrder_SaysWhy()
    {
        var decisions = agent.Run("decisions", "--orders", "--portfolio", "main", "--limit", "1", "--json").Expect(0).Json.GetProperty("decisions");
        var decision = Assert.Single(decisions.EnumerateArray());
        var id = decision.GetProperty("id").GetString()!;

        var words = agent.Run("explain", id).Expect(0).Output;
        Assert.Contains($"decision {id}: restless for main", words, StringComparison.Ordinal);
        Assert.Contains("SCORED   ema-cross", words, StringComparison.Ordinal);
        Assert.Contains("is a rule: a formula computes its score", words, StringComparison.Ordinal);
        Assert.Contains($"ORDER    {decision.GetProperty("clientOrderId").GetString()}", words, StringComparison.Ordinal);
        Assert.Contains("FEATURES", agent.Run("explain", id, "--full").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(id, agent.Run("explain", id, "--json").Expect(0).Json.GetProperty("decision").GetProperty("id").GetProperty("text").GetString());
        Assert.Contains("list the ids with", agent.Run("explain", "0000000000000000").Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains(id, agent.Run("decisions", "--strategy", "restless", "--limit", "500").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Risk_SetAndShow_ChangeALimit()
    {
        Assert.Contains("there are 2 portfolios", agent.Run("risk", "set", "MaxSpreadBps", "5", "--reason", "test").Expect(2).Error, StringComparison.Ordinal);
        var tighter = agent.Run("risk", "set", "MaxSpreadBps", "5", "--portfolio", "second", "--reason", "wide spread", "--json").Expect(0).Json;
        Assert.Equal((10m, 5m), (tighter.GetProperty("from").GetDecimal(), tighter.GetProperty("to").GetDecimal()));

        var looser = agent.Run("risk", "set", "MaxSpreadBps", "8", "--portfolio", "second", "--reason", "calm again");
        Assert.Contains("This loosens MaxSpreadBps of second: 5 → 8", looser.Expect(2).Error, StringComparison.Ordinal);
        var confirmed = agent.Run("risk", "set", "MaxSpreadBps", "8", "--portfolio", "second", "--reason", "calm again", "--yes").Expect(0);
        Assert.Contains("second: MaxSpreadBps 5 → 8, in force now", confirmed.Output, StringComparison.Ordinal);

        var shown = agent.Run("risk", "show", "--portfolio", "second").Expect(0).Output;
        Assert.Contains("MaxSpreadBps 5 → 8 by operator: calm again", shown, StringComparison.Ordinal);
        Assert.Contains("'Nothing' is not a limit", agent.Run("risk", "set", "Nothing", "1", "-p", "main", "-r", "test").Expect(1).Error, StringComparison.Ordinal);
        Assert.Equal(2, agent.Run("risk", "show", "--json").Expect(0).Json.GetProperty("portfolios").GetArrayLength());
    }

    [Fact]
    public void Models_PromoteAndRollBack_MoveTheModel()
    {
        var model = agent.Run("models", "--json").Expect(0).Json.GetProperty("models")[0].GetProperty("model").GetProperty("id").GetString()!;
        Assert.Contains("has no former champion", agent.Run("models", "rollback", "momentum", "-r", "test", "-y").Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("confirm it with --yes", agent.Run("models", "promote", model, "-r", "test").Expect(2).Error, StringComparison.Ordinal);

        Assert.Contains("shadow → champion", agent.Run("models", "promote", model, "-r", "the best", "-y").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("champion → shadow", agent.Run("models", "promote", model, "--to", "shadow", "-r", "not the best").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("shadow → champion", agent.Run("models", "rollback", "momentum", "-r", "it was", "-y").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains($"{model}", agent.Run("models", "--strategy", "momentum").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("cannot become candidate", agent.Run("models", "promote", model, "--to", "candidate", "-r", "test").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_Drift_ShowsTheWatches()
    {
        var model = agent.Run("models", "--json").Expect(0).Json.GetProperty("models")[0].GetProperty("model").GetProperty("id").GetString()!;
        await agent.EventuallyAsync("a watch", () => Task.FromResult(
            agent.Run("models", "drift", model, "--json").Expect(0).Json.GetProperty("runs") is var runs
            && runs.GetArrayLength() > 0 && runs[0].GetProperty("watch").ValueKind == JsonValueKind.Object));

        var shown = agent.Run("models", "drift", model).Expect(0).Output;
        Assert.Matches($"{model} on BINANCE:BTCUSDT, ", shown);
        Assert.Matches(@"\n  drift +gathering +0\.00 % +", shown);
        Assert.Matches(@"\n  recomputed +0 +of [0-9,]+ scores differed", shown);
        Assert.Matches(@" gathering ", agent.Run("models").Expect(0).Output);
        Assert.Contains("model 'none' is not registered", agent.Run("models", "drift", "none").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_HaltFlattenResume_OneAfterAnother()
    {
        Assert.Contains("--reason needs", agent.Run("halt").Expect(2).Error, StringComparison.Ordinal);
        var halted = agent.Run("halt", "--portfolio", "second", "--reason", "drill", "--json").Expect(0).Json;
        Assert.True(halted.GetProperty("isComplete").GetBoolean());
        Assert.Equal("halted", Mode(halted, "second"));
        Assert.Contains("second is halted", agent.Run("status").Expect(0).Output, StringComparison.Ordinal);

        Assert.Contains("confirm it with --yes", agent.Run("flatten", "--reason", "drill").Expect(2).Error, StringComparison.Ordinal);
        var flat = agent.Run("flatten", "--portfolio", "second", "--reason", "drill", "--yes", "--json").Expect(0).Json;
        Assert.Equal("halted", Mode(flat, "second"));

        Assert.Contains("second: active", agent.Run("resume", "--portfolio", "second", "--reason", "drill is over").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_ListAcknowledgeTest_ActOnTheAgent()
    {
        var id = "";
        Assert.Contains("AgentStarted", agent.Run("alerts", "list", "--all").Expect(0).Output, StringComparison.Ordinal);
        agent.Run("halt", "--portfolio", "second", "--reason", "alert drill").Expect(0);
        await agent.EventuallyAsync("the alert", () =>
        {
            var alerts = agent.Run("alerts", "list", "--json").Expect(0).Json.GetProperty("alerts").EnumerateArray();
            id = alerts.Where(alert => alert.GetProperty("name").GetString() == "BreakerTripped").Select(alert => alert.GetProperty("id").GetString()!).FirstOrDefault("");
            return Task.FromResult(id.Length > 0);
        });

        var acknowledged = agent.Run("alerts", "ack", id, "--reason", "a drill", "--minutes", "5").Expect(0).Output;
        Assert.Contains("acknowledged until", acknowledged, StringComparison.Ordinal);
        Assert.Contains("critical  BreakerTripped", agent.Run("alerts", "list").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("no alert with the id 'none'", agent.Run("alerts", "ack", "none", "-r", "test").Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("--minutes must be", agent.Run("alerts", "ack", id, "-r", "test", "-m", "0").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("the agent has no channels", agent.Run("alerts", "test").Expect(1).Output, StringComparison.Ordinal);
        agent.Run("resume", "--portfolio", "second", "--reason", "the drill is over").Expect(0);
    }

    [Fact]
    public void Control_DisarmOnPaper_LeavesItArmed()
    {
        Assert.Contains("confirm it with --yes", agent.Run("arm", "--reason", "drill").Expect(2).Error, StringComparison.Ordinal);
        agent.Run("disarm", "--reason", "drill").Expect(0);
        Assert.True(agent.Run("arm", "--reason", "drill", "--yes", "--json").Expect(0).Json.GetProperty("trading").GetProperty("isArmed").GetBoolean());
    }

    [Fact]
    public void Watch_WithoutATerminal_PrintsALineForEachUpdate()
    {
        var lines = agent.Run("watch", "--count", "2", "--interval", "0.2").Expect(0).Output.Trim().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Contains(" | main active equity ", line, StringComparison.Ordinal));

        var json = agent.Run("watch", "--count", "1", "--portfolio", "main", "--json").Expect(0);
        Assert.Equal("main", Assert.Single(json.Json.GetProperty("portfolios").EnumerateArray()).GetProperty("portfolio").GetString());
        Assert.Single(json.Output.Trim().Split('\n'));
    }

    /// <summary>Only what does not depend on the speed of the machine's disk.</summary>
    [Fact]
    public void Doctor_OfARunningAgent_FindsNothing()
    {
        var run = CommandRun.Of("doctor", "--json", "--", "--data", agent.DataFolder, "--port", $"{agent.Url.Port}");

        var grades = run.Json.GetProperty("findings").EnumerateArray()
            .ToDictionary(finding => finding.GetProperty("check").GetString()!, finding => finding.GetProperty("grade").GetString());
        foreach (var check in new[] { "settings", "data-folder", "data-folder-mode", "part-files", "port", "state" })
        {
            Assert.True(grades.GetValueOrDefault(check) == "ok", $"{check}: {run.Output}");
        }
    }

    private static string? Mode(JsonElement outcome, string portfolio) =>
        outcome.GetProperty("trading").GetProperty("breakers").GetProperty(portfolio).GetProperty("mode").GetString();
}
