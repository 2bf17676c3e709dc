using BtcAgent.Contracts.Wire;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Sinks;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Sinks;

public sealed class SinkRunnerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryFactLog _log = new();
    private readonly LineLogger<SinkRunner> _logger = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Run_StepsThatFailAndFactsThatRepeat_StoresEachFactOnceInOrder(int seed)
    {
        var random = new Random(seed);
        var sink = new FaultySink(random, failureRate: 0.1);
        for (var i = 0; i < 2_000; i++)
        {
            Append(i);
            for (var repeat = i - random.Next(40); random.NextDouble() < 0.05 && repeat >= 0 && repeat < i; repeat++)
            {
                Append(repeat);
            }
        }

        await RunUntilAsync(sink, () => sink.Stored.Count >= 2_000, new SinkOptions { BatchMax = 37 });
        Assert.Equal(Enumerable.Range(0, 2_000).Select(Name), sink.Stored);
        Assert.True(sink.Failures > 5, $"only {sink.Failures} failures");
    }

    [Fact]
    public async Task Run_UnreadableFact_LeavesItOutAndSaysWhere()
    {
        Append(0);
        _log.Append([0xFF, 0xFF]);
        Append(1);
        var sink = new FaultySink(new Random(1), failureRate: 0);
        var status = await RunUntilAsync(sink, () => sink.Stored.Count >= 2, new SinkOptions());
        Assert.Equal([Name(0), Name(1)], sink.Stored);
        Assert.Equal(1, status.Unreadable);
        Assert.Contains(_logger.Lines, line => line.Contains("memory/agent_events/0 offset 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_FactsDeletedBeforeTheyWereStored_SaysWhichAreMissing()
    {
        var sink = new FaultySink(new Random(1), failureRate: 0) { MayMiss = true };
        Append(0);
        await RunUntilAsync(sink, () => sink.Stored.Count >= 1, new SinkOptions());
        Append(1);
        Append(2);
        _log.First = 2;
        await RunUntilAsync(sink, () => sink.Stored.Count >= 2, new SinkOptions());
        Assert.Equal([Name(0), Name(2)], sink.Stored);
        Assert.Contains(_logger.Lines, line => line.Contains("offset 1 to 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_CheckpointBeyondTheLog_IsAProblemThatNamesBoth()
    {
        var sink = new FaultySink(new Random(1), failureRate: 0);
        Append(0);
        Append(1);
        await RunUntilAsync(sink, () => sink.Stored.Count >= 2, new SinkOptions());
        var replaced = new MemoryFactLog();
        var runner = new SinkRunner(replaced, sink, new SinkOptions(), _time, _logger);
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(stop.Token);
        await UntilAsync(() => runner.Status.Problem is not null);
        Assert.Contains("memory/agent_events/0 is 2, beyond the end of the log at 0", runner.Status.Problem, StringComparison.Ordinal);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Status_TargetDown_HasTheReasonAndALagThatEnds()
    {
        var sink = new FaultySink(new Random(1), failureRate: 0) { IsDown = true };
        Append(0);
        var runner = new SinkRunner(_log, sink, new SinkOptions(), _time, _logger);
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(stop.Token);
        await UntilAsync(() => runner.Status.LagSeconds >= 10);
        Assert.Equal("open failed", runner.Status.Problem);
        Assert.Single(_logger.Lines);
        sink.IsDown = false;
        await UntilAsync(() => runner.Status.LagSeconds == 0);
        Assert.Null(runner.Status.Problem);
        await stop.CancelAsync();
        await running;
        Assert.Equal([Name(0)], sink.Stored);
    }

    [Fact]
    public async Task Run_UpToDate_GathersFactsThatFollowShortly()
    {
        var sink = new FaultySink(new Random(1), failureRate: 0);
        var runner = new SinkRunner(_log, sink, new SinkOptions(), _time, _logger);
        using var stop = new CancellationTokenSource();
        Append(0);
        var running = runner.RunAsync(stop.Token);
        await UntilAsync(() => runner.Status is { Stored: 1, LagSeconds: 0 });
        for (var i = 1; i <= 200; i++)
        {
            Append(i);
            await Task.Yield();
        }

        await UntilAsync(() => runner.Status is { Stored: 201, LagSeconds: 0 });
        await stop.CancelAsync();
        await running;
        Assert.InRange(sink.Writes, 2, 20); // The loop may see the first of them before it waits.
    }

    private async Task<Contracts.Facts.SinkStatus> RunUntilAsync(FaultySink sink, Func<bool> done, SinkOptions options)
    {
        var runner = new SinkRunner(_log, sink, options, _time, _logger);
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(stop.Token);
        await UntilAsync(() => done() || runner.Status is { Stored: > 0, LagSeconds: 0, Problem: null });
        await stop.CancelAsync();
        await running;
        for (var i = 0; i < 100 && !done(); i++)
        {
            await sink.FlushAsync(everything: true, TestContext.Current.CancellationToken);
        }

        return runner.Status;
    }

    private Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(
        "the sink is where it should be",
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(31));
            return Task.FromResult(condition());
        },
        TimeSpan.FromSeconds(30));

    private void Append(int number) => _log.Append(FactMessages.Of(
        new AgentEventFact(Domain.Facts.AgentEventKind.Feed, "key", Name(number), null, "connected", "feed", "a test", new Timestamp(number + 1))).Payload);

    private static string Name(int number) => $"n{number}";
}
