using System.Collections.Immutable;
using BtcAgent.Alerts.Rules;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain;
using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Alerts.Tests.Rules;

public sealed class AgentRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly AlertFigures Calm = new()
    {
        At = Now,
        Portfolios = [Portfolio()],
        Executions = [new ExecutionFigures("main", "BINANCE:BTCUSDT", Execution())],
        Feeds = [new FeedFigures("BINANCE:BTCUSDT", true, 0.1)],
        Models = [],
        Strategies = [new StrategyFigures("momentum", "BINANCE:BTCUSDT", "flow-trend", 500, 0)],
        SinkLagSeconds = 0,
        AuditDamage = "",
        FailedTrainings = ImmutableSortedDictionary<string, string>.Empty,
        IsArmedForRealMoney = false,
        Unanswered = ImmutableSortedDictionary<string, string>.Empty,
        Channels = [new ChannelHealth("mail", "email", 1, 0, 0, Now, null, null, Now)],
        HasWatchdog = false,
    };

    [Fact]
    public void Judge_Calm_FindsNothing()
    {
        var judged = Judge(Calm);
        Assert.Empty(judged.Conditions);
        Assert.Empty(judged.Unknown);
    }

    [Fact]
    public void Judge_OpenDoubt_IsOrderInDoubt()
    {
        var found = One(Calm with { Executions = [new("main", "BINANCE:BTCUSDT", Execution() with { IsReconciling = true, Doubts = [Doubt(DoubtAction.Reduce)] })] });
        Assert.Equal(("OrderInDoubt", AlertSeverity.Critical, TimeSpan.FromSeconds(30)), (found.Name, found.Severity, found.For));
        Assert.Contains("12.5 more than ordered", found.Detail, StringComparison.Ordinal);
        Assert.Equal("main", found.Labels["portfolio"]);
        Assert.Equal("BINANCE:BTCUSDT", found.Labels["instrument"]);
    }

    [Fact]
    public void Judge_SettledDoubt_IsSilent() => Assert.Empty(Judge(
        Calm with { Executions = [new("main", "BINANCE:BTCUSDT", Execution() with { Doubts = [Doubt(DoubtAction.Halt) with { IsOpen = false }] })] }).Conditions);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Judge_ExecutionThatHasStopped_IsReconciliationHalted(bool byDoubt)
    {
        var status = byDoubt ? Execution() with { Doubts = [Doubt(DoubtAction.Halt)] } : Execution() with { StandsStill = "failed 3 times" };
        Assert.Contains(Judge(Calm with { Executions = [new("main", "BINANCE:BTCUSDT", status)] }).Conditions, condition => condition.Name == "ReconciliationHalted");
    }

    [Theory]
    [InlineData(BreakerMode.Halted, AlertSeverity.Critical)]
    [InlineData(BreakerMode.Reducing, AlertSeverity.Warning)]
    public void Judge_BreakerMoved_IsBreakerTripped(BreakerMode mode, AlertSeverity severity)
    {
        var found = One(Calm with { Portfolios = [Portfolio() with { Breaker = new BreakerState(mode, "DRAWDOWN: 12 %", Timestamp.Unknown) }] });
        Assert.Equal(("BreakerTripped", severity), (found.Name, found.Severity));
        Assert.Contains("DRAWDOWN: 12 %", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ActiveButABreakerDenies_IsBreakerTripped() =>
        Assert.Contains("SINK_LAG", One(Calm with { Portfolios = [Portfolio() with { Tripped = ["SINK_LAG"] }] }).Detail, StringComparison.Ordinal);

    [Fact]
    public void Judge_FeedNotConnected_IsFeedDead() =>
        Assert.Equal("FeedDead", One(Calm with { Feeds = [new FeedFigures("BINANCE:BTCUSDT", false, 60)] }).Name);

    [Theory]
    [InlineData(15, 0)]
    [InlineData(15.1, 1)]
    public void Judge_AgeOfData_IsComparedWithTheThreshold(double age, int found) =>
        Assert.Equal(found, Judge(Calm with { Feeds = [new FeedFigures("BINANCE:BTCUSDT", true, age)] }).Conditions.Count(condition => condition.Name == "DataStale"));

    [Theory]
    [InlineData(ModelStage.Champion, 91, 1)]
    [InlineData(ModelStage.Champion, 89, 0)]
    [InlineData(ModelStage.Shadow, 91, 0)]
    public void Judge_ModelTrainedLongAgo_IsReportedWhileItTrades(ModelStage stage, int days, int found) =>
        Assert.Equal(found, Judge(Calm with { Models = [Model(stage, days)] }).Conditions.Count(condition => condition.Name == "ModelTooOld"));

    [Theory]
    [InlineData(500, 101, 1)]
    [InlineData(500, 100, 0)]
    [InlineData(99, 99, 0)]
    public void Judge_SamplesOutsideTheTraining_AreDrift(int samples, int outside, int found) => Assert.Equal(
        found,
        Judge(Calm with { Strategies = [new StrategyFigures("momentum", "BINANCE:BTCUSDT", "m-1", samples, outside)] }).Conditions.Count(condition => condition.Name == "ModelDrift"));

    [Fact]
    public void Judge_NoTradeForLong_SaysWhy()
    {
        var reasons = ImmutableSortedDictionary<string, int>.Empty.Add("EDGE_BELOW_COST", 150).Add("COOL_DOWN", 20).Add("POSITION_AS_WANTED", 30);
        var found = One(Calm with { Portfolios = [Portfolio() with { Trades = new TradeFigures(Now.AddHours(-25), 200, reasons) }] });
        Assert.Equal(("DecisionStarvation", TimeSpan.Zero), (found.Name, found.For));
        Assert.Contains("Of the last 200 decisions: EDGE_BELOW_COST 150, POSITION_AS_WANTED 30, COOL_DOWN 20", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NoTradeEver_WaitsForTheWholeTime() => Assert.Equal(
        TimeSpan.FromHours(24),
        One(Calm with { Portfolios = [Portfolio() with { Trades = new TradeFigures(null, 0, ImmutableSortedDictionary<string, int>.Empty) }] }).For);

    [Fact]
    public void Judge_FiguresMissing_LeavesTheirRulesUnknown()
    {
        var judged = Judge(Calm with
        {
            Portfolios = [new PortfolioFigures("main", null, [], null)],
            Executions = [new("main", "BINANCE:BTCUSDT", null)],
            Feeds = [new FeedFigures("BINANCE:BTCUSDT", null, 0)],
            Models = null,
            Strategies = [new StrategyFigures("momentum", "BINANCE:BTCUSDT", null, 0, 0)],
            SinkLagSeconds = null,
            AuditDamage = null,
            FailedTrainings = null,
            IsArmedForRealMoney = null,
            Unanswered = ImmutableSortedDictionary<string, string>.Empty.Add("control", "no answer within 3 s"),
        });
        Assert.Equal("AgentUnavailable", Assert.Single(judged.Conditions).Name);
        Assert.Equal(
            ["AuditDamaged", "BreakerTripped", "DataStale", "DecisionStarvation", "FeedDead", "ModelDrift", "ModelTooOld", "OrderInDoubt", "ReconciliationHalted", "SinkLag", "TradingArmed", "TrainingFailed"],
            judged.Unknown.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(60.0, 0)]
    [InlineData(60.1, 1)]
    public void Judge_SinkLag_IsComparedWithTheThreshold(double lag, int found) =>
        Assert.Equal(found, Judge(Calm with { SinkLagSeconds = lag }).Conditions.Count(condition => condition.Name == "SinkLag"));

    [Fact]
    public void Judge_TrainingFailed_FiresWithTheReason()
    {
        var failed = Calm.FailedTrainings!.Add("momentum", "train-7: too little data");

        var alert = Assert.Single(Judge(Calm with { FailedTrainings = failed }).Conditions);

        Assert.Equal(("TrainingFailed", AlertSeverity.Warning, "momentum"), (alert.Name, alert.Severity, alert.Labels["strategy"]));
        Assert.Contains("too little data", alert.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_AuditIsDamaged_FiresAtOnceWithTheFinding()
    {
        var alert = Assert.Single(Judge(Calm with { AuditDamage = "entries 4 to 6 are missing" }).Conditions);

        Assert.Equal(("AuditDamaged", AlertSeverity.Critical, TimeSpan.Zero), (alert.Name, alert.Severity, alert.For));
        Assert.Contains("entries 4 to 6", alert.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4.9, 0)]
    [InlineData(5.0, 1)]
    public void Judge_ChannelThatFails_IsBrokenAfterATime(double minutes, int found) => Assert.Equal(
        found,
        Judge(Calm with { Channels = [new ChannelHealth("mail", "email", 0, 3, 1, null, Now.AddMinutes(-minutes), "no answer", null)] }).Conditions
            .Count(condition => condition.Name == "ChannelBroken" && condition.Labels["channel"] == "mail"));

    [Fact]
    public void Judge_ArmedAndWatched_AreInfo() => Assert.Equal(
        ["TradingArmed", "Watchdog"],
        Judge(Calm with { IsArmedForRealMoney = true, HasWatchdog = true }).Conditions.Where(condition => condition.Severity == AlertSeverity.Info).Select(condition => condition.Name));

    private static JudgedRules Judge(AlertFigures figures) => AgentRules.Judge(figures, new AlertRuleOptions());

    private static AlertCondition One(AlertFigures figures) => Assert.Single(Judge(figures).Conditions);

    private static PortfolioFigures Portfolio() =>
        new("main", BreakerState.Initial, [], new TradeFigures(Now.AddHours(-1), 0, ImmutableSortedDictionary<string, int>.Empty));

    private static ExecutionStatus Execution() => new(true, false, "agrees", Timestamp.Unknown, 0, 0, null, []);

    private static Doubt Doubt(DoubtAction action) =>
        new("Overfill-1", DoubtKind.Overfill, action, "1", "12.5 more than ordered", "{}", Timestamp.Unknown, 1, IsOpen: true);

    private static ModelEntry Model(ModelStage stage, int days) => new()
    {
        Strategy = "momentum",
        Stage = stage,
        RegisteredAt = Timestamp.FromDateTimeOffset(Now),
        Description = new ModelDescription
        {
            Id = "m-1",
            Hash = "00",
            SchemaHash = 1,
            Objective = "binary",
            Trees = 1,
            Features = [],
            Label = "x",
            TrainedFrom = Timestamp.FromDateTimeOffset(Now.AddDays(-days - 1)),
            TrainedTo = Timestamp.FromDateTimeOffset(Now.AddDays(-days)),
            Metrics = ImmutableSortedDictionary<string, double>.Empty,
            Lineage = ImmutableSortedDictionary<string, string>.Empty,
            ParityRows = 1,
            ParityDifference = 0,
        },
    };
}
