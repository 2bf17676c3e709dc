namespace BtcAgent.Cli.Tests.Agents;

public sealed class UnreadableOptionTests
{
    [Theory]
    [InlineData("--wait", "halt", "--reason", "testing", "--wait", "30s")]
    [InlineData("--wait", "halt", "--reason", "testing", "--wait", "99999999999")]
    [InlineData("--count", "watch", "--count", "abc")]
    [InlineData("--interval", "watch", "--interval", "soon")]
    [InlineData("--limit", "decisions", "--limit", "99999999999")]
    [InlineData("--limit", "audit", "show", "--limit", "x")]
    [InlineData("--minutes", "alerts", "ack", "x", "--reason", "testing", "--minutes", "99999999999")]
    [InlineData("--timeout", "status", "--timeout", "x")]
    [InlineData("--keep", "backup", "create", "--keep", "x")]
    [InlineData("--days", "optimizer", "run", "momentum", "--reason", "testing", "--days", "NaN")]
    [InlineData("--days", "optimizer", "run", "momentum", "--reason", "testing", "--days", "1e999")]
    [InlineData("--alpha", "ab", "simulate", "--alpha", "Infinity")]
    [InlineData("--interval", "watch", "--interval", "NaN")]
    public void Invoke_OptionThatIsNoNumber_IsAUsageErrorThatNamesIt(string option, params string[] arguments)
    {
        var run = CommandRun.Of(arguments).Expect(2);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
