using BtcAgent.Alerts.Rules;
using BtcAgent.Alerts.Settings;

namespace BtcAgent.Alerts.Tests.Rules;

public sealed class ProcessRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly ProcessFigures Calm = new()
    {
        At = Now,
        Node = "btcagent",
        StartedAt = Now.AddDays(-30),
        WrongKeys = 19,
        MakesBackups = true,
        NewestBackup = Now.AddHours(-36),
        BackupProblem = null,
    };

    [Fact]
    public void Judge_Calm_FindsNothing() => Assert.Empty(Judge(Calm));

    [Fact]
    public void Judge_WrongKeys_AreReported() => Assert.Equal(["RepeatedLoginFailures"], Judge(Calm with { WrongKeys = 20 }));

    [Fact]
    public void Judge_OldBackup_IsReported() => Assert.Equal(["BackupTooOld"], Judge(Calm with { NewestBackup = Now.AddHours(-36.1) }));

    [Fact]
    public void Judge_NoBackupYet_CountsFromTheStart()
    {
        Assert.Empty(Judge(Calm with { NewestBackup = null, StartedAt = Now.AddHours(-1) }));
        Assert.Equal(["BackupTooOld"], Judge(Calm with { NewestBackup = null, StartedAt = Now.AddHours(-37) }));
    }

    [Fact]
    public void Judge_ProcessWithoutBackups_IsSilent() => Assert.Empty(Judge(Calm with { MakesBackups = false, NewestBackup = null }));

    private static string[] Judge(ProcessFigures figures) => [.. ProcessRules.Judge(figures, new AlertRuleOptions()).Conditions.Select(condition => condition.Name)];
}
