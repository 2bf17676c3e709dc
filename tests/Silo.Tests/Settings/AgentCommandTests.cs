using System.CommandLine;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Tests.Settings;

public sealed class AgentCommandTests
{
    [Theory]
    [InlineData("unknown venue 'binnace': use one of simulator, replay, binance-paper", "--venue", "binnace")]
    [InlineData("--venue replay needs at least one --tape FILE", "--venue", "replay")]
    [InlineData("--tape requires --venue replay", "--tape", "/dev/null")]
    [InlineData("--summary requires --venue replay", "--summary", "x.json")]
    [InlineData("tape '/no/such.gz' does not exist", "--venue", "replay", "--tape", "/no/such.gz")]
    [InlineData("'fast' is not a speed", "--venue", "replay", "--tape", "/dev/null", "--speed", "fast")]
    [InlineData("'-1' is not a speed", "--venue", "replay", "--tape", "/dev/null", "--speed", "-1")]
    [InlineData("--port must be 0…65535", "--port", "70000")]
    [InlineData("--port must be 0…65535, not 'abc'", "--port", "abc")]
    [InlineData("--seed must be 0…2147483647, not '1.5'", "--seed", "1.5")]
    [InlineData("--seed must be 0…2147483647, not '-1'", "--seed", "-1")]
    [InlineData("--data needs a folder", "--data", "")]
    [InlineData("'sillo'", "--role", "sillo")]
    [InlineData("--listen needs an IP address", "--listen", "here")]
    [InlineData("--set needs KEY=VALUE", "--set", "Agent")]
    [InlineData("'--vneue'", "--vneue", "replay")]
    public void Invoke_WrongOption_SaysWhatAndStartsNothing(string expected, params string[] args)
    {
        var errors = new StringWriter();
        var started = false;
        var exitCode = new AgentCommand().Invoke(
            args,
            (_, _) =>
            {
                started = true;
                return Task.FromResult(0);
            },
            new InvocationConfiguration { Error = errors });

        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("--help lists the options", errors.ToString(), StringComparison.Ordinal);
        Assert.All(errors.ToString().TrimEnd().Split('\n'), line => Assert.StartsWith("btcagent: ", line, StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.False(started);
    }

    [Fact]
    public void Invoke_AllOptions_ReachTheSettings()
    {
        AgentSettings? settings = null;
        string[] args =
        [
            "--venue", "replay", "--tape", "/dev/null", "--tape", "/dev/zero", "--speed", "max", "--summary", "s.json", "--data", "d",
            "--port", "0", "--seed", "7", "--set", "Agent:Limits:MaxSpreadBps=5", "--set", "A=b=c",
        ];
        var exitCode = new AgentCommand().Invoke(args, (read, _) =>
        {
            settings = read;
            return Task.FromResult(42);
        });

        Assert.Equal(42, exitCode);
        Assert.NotNull(settings);
        Assert.Equal(VenueKind.Replay, settings.Venue);
        Assert.Equal(["/dev/null", "/dev/zero"], settings.Tapes);
        Assert.Equal(0, settings.Speed);
        Assert.Equal("s.json", settings.SummaryFile);
        Assert.Equal("d", settings.DataFolder);
        Assert.Equal(0, settings.Port);
        Assert.Equal(7, settings.Seed);
        Assert.Equal([new("Agent:Limits:MaxSpreadBps", "5"), new("A", "b=c")], settings.Overrides);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("32.5x", 32.5)]
    [InlineData("MAX", 0)]
    public void Invoke_Speed_IsRead(string text, double expected)
    {
        double? speed = null;
        new AgentCommand().Invoke(["--venue", "replay", "--tape", "/dev/null", "--speed", text], (read, _) =>
        {
            speed = read.Speed;
            return Task.FromResult(0);
        });
        Assert.Equal(expected, speed);
    }
}
