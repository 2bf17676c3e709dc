using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Cli.Alerts;

/// <summary>Lists alerts, and the channels that fail.</summary>
internal sealed class AlertListCommand : AgentCommand
{
    private readonly Option<bool> _all = new("--all", "-a") { Description = "also alerts that ended within a day, and every channel" };

    public AlertListCommand()
        : base("list", "Lists alerts that fire or are pending, and channels that fail.", "btcagent alerts list --all") => Options.Add(_all);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var list = await agent.GetAsync<AlertList>("alerts", cancellationToken);
        var all = arguments.GetValue(_all);
        output.Answer(list, text => Write(text, list, all, output.Width));
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, AlertList list, bool all, int? width)
    {
        Alert[] shown = [.. list.Alerts.Where(alert => all || alert.Phase != AlertPhase.Resolved)];
        if (shown.Length == 0)
        {
            text.WriteLine(all ? "no alerts within a day" : "no alerts; --all lists those that ended within a day");
        }
        else
        {
            AlertTable.Write(text, shown, width);
        }

        foreach (var channel in list.Channels.Where(channel => all || channel.Problem is not null))
        {
            text.WriteLine(SafeText.Of(channel.Problem is { } problem
                ? $"channel {channel.Name} ({channel.Kind}) fails since {Figures.Time(channel.FailingSince)}, {Figures.Count(channel.Waiting)} waiting: {problem}"
                : $"channel {channel.Name} ({channel.Kind}): {Figures.Count(channel.Sent)} sent, the last at {Figures.Time(channel.LastSentAt)}"));
        }

        if (list.Problem is { } stored)
        {
            text.WriteLine(SafeText.Of($"the alerts are not stored at present: {stored}"));
        }

        if (list.Watchdog is { Problem: { } missed })
        {
            text.WriteLine(SafeText.Of($"the dead man's receiver does not take pings: {missed}"));
        }
    }
}
