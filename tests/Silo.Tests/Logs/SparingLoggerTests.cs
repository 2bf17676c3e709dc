using BtcAgent.Client;
using BtcAgent.Silo.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Silo.Tests.Logs;

public sealed class SparingLoggerTests
{
    [Fact]
    public void Log_TheSameErrorManyTimes_SaysAFewAndThenHowMany()
    {
        var lines = new ListedLines();
        using (var provider = new SparingLoggerProvider(lines, TimeProvider.System))
        {
            var logger = provider.CreateLogger("Orleans.Runtime.Catalog");
            for (var i = 0; i < 1_000; i++)
            {
                Say(logger, i);
            }
        }

        Assert.Equal(RepeatedLines.Burst + 1, lines.Texts.Count);
        Assert.Equal("activation 0 failed", lines.Texts[0]);
        Assert.Contains("repeated 995 times more", lines.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Log_OneChannelFailsOften_HidesNoOther()
    {
        var lines = new ListedLines();
        using (var provider = new SparingLoggerProvider(lines, TimeProvider.System))
        {
            var logger = provider.CreateLogger("BtcAgent.Silo.Alerts.AlertNotifier");
            foreach (var channel in Enumerable.Repeat("slack", 20).Append("mail"))
            {
                logger.LogWarning("Alerts do not get through the channel {Channel}", channel);
            }
        }

        Assert.Equal(RepeatedLines.Burst, lines.Texts.Count(text => text == "Alerts do not get through the channel slack"));
        Assert.Single(lines.Texts, "Alerts do not get through the channel mail");
    }

    [Fact]
    public void Log_BelowAWarning_IsNeverHeldBack()
    {
        var lines = new ListedLines();
        using var provider = new SparingLoggerProvider(lines, TimeProvider.System);
        var logger = provider.CreateLogger("BtcAgent.Orders");
        for (var i = 0; i < 100; i++)
        {
            logger.Log(LogLevel.Information, 1, i, null, (number, _) => $"order {number}");
        }

        Assert.Equal(100, lines.Texts.Count);
    }

    /// <summary>The attack log limits each kind to one line a minute itself; twelve kinds are more than a burst.</summary>
    [Fact]
    public void Log_TheLogOfAttacks_IsNeverHeldBack()
    {
        var lines = new ListedLines();
        using (var provider = new SparingLoggerProvider(lines, TimeProvider.System))
        {
            var logger = provider.CreateLogger(GatewayServer.AttackCategory);
            for (var kind = 0; kind < 12; kind++)
            {
                Say(logger, kind);
            }
        }

        Assert.Equal(12, lines.Texts.Count);
    }

    /// <summary>
    /// Orleans reports the time since the machine's boot as a stall until its first check has ended; a real stall is passed.
    /// </summary>
    [Theory]
    [InlineData(43_200, 0)]
    [InlineData(20, 1)]
    public void Log_StallLongerThanTheProcessRuns_IsDropped(int stallSeconds, int lines)
    {
        var listed = new ListedLines();
        var time = new FakeTimeProvider();
        using var provider = new SparingLoggerProvider(listed, time);
        time.Advance(TimeSpan.FromSeconds(30));

        provider.CreateLogger(StallBeforeStart.Category).LogWarning("stalled for {TimeSinceLastTick}", TimeSpan.FromSeconds(stallSeconds));

        Assert.Equal(lines, listed.Texts.Count);
    }

    private static void Say(ILogger logger, int number) =>
        logger.Log(LogLevel.Error, 100, number, new IOException("disk full"), (value, _) => $"activation {value} failed");

    private sealed class ListedLines : ILoggerProvider, ILogger
    {
        public List<string> Texts { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Texts.Add(formatter(state, exception));

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
