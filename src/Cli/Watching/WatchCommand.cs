using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Watching;

/// <summary>Shows an agent live: a screen on a terminal, otherwise a line for each update.</summary>
internal sealed class WatchCommand : AgentCommand
{
    private const double IntervalSecondsMin = 0.2;
    private const double IntervalSecondsMax = 3_600;

    /// <summary>Decisions that are read for each update; a tall terminal shows as many.</summary>
    private const int DecisionsRead = 60;

    /// <summary>The convention of no-color.org.</summary>
    private const string NoColour = "NO_COLOR";

    private readonly Option<string?> _portfolio = ListOptions.Portfolio();

    private readonly Option<double> _interval = new("--interval")
    {
        Description = $"least seconds between updates, {IntervalSecondsMin} to {IntervalSecondsMax}; quotes come at once",
        DefaultValueFactory = _ => 1,
        HelpName = "SECONDS",
    };

    private readonly Option<int?> _count = new("--count") { Description = "ends after this many updates", HelpName = "N" };

    public WatchCommand()
        : base(
            "watch",
            "Shows an agent live: problems, market, books, signal, decisions. Without a terminal it prints a line for each update, with --json as JSON.",
            "btcagent watch --profile live")
    {
        _interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= IntervalSecondsMin and <= IntervalSecondsMax))
            {
                result.AddError($"--interval must be {IntervalSecondsMin} to {IntervalSecondsMax}");
            }
        });
        _count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--count must be 1 or more");
            }
        });
        foreach (var option in new Option[] { _portfolio, _interval, _count })
        {
            Options.Add(option);
        }
    }

    protected override string WhenInterrupted => "the agent is not affected";

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromSeconds(arguments.GetValue(_interval));
        var count = arguments.GetValue(_count) ?? int.MaxValue;
        var source = new WatchSource(agent, arguments.GetValue(_portfolio), DecisionsRead, TimeProvider.System);
        if (output.Width is null || output.IsJson)
        {
            await PrintAsync(source, interval, count, output, cancellationToken);
            return ExitCodes.Ok;
        }

        using var terminal = new LiveTerminal(arguments.InvocationConfiguration.Output, Environment.GetEnvironmentVariable(NoColour) is not { Length: > 0 });
        try
        {
            await using var events = new WatchEvents(agent, arguments.GetValue(_portfolio), TimeProvider.System);
            await new WatchSession(source, events, terminal, agent.Name, interval, TimeProvider.System).RunAsync(count, cancellationToken);
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>A line for each update. A failure ends it, since a script must learn that the agent is gone.</summary>
    private static async Task PrintAsync(WatchSource source, TimeSpan interval, int count, CommandOutput output, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        do
        {
            output.Line(await source.ReadAsync(cancellationToken), WatchLine.Of);
        }
        while (--count > 0 && await timer.WaitForNextTickAsync(cancellationToken));
    }
}
