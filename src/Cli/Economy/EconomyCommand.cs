using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Economy;

/// <summary>Shows the economic releases that a running agent knows.</summary>
internal sealed class EconomyCommand : AgentCommand
{
    public EconomyCommand()
        : base("economy", "Shows economic releases: the last and next times, surprises, and the state of their source.", "btcagent economy")
    {
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var view = await agent.GetAsync<EconomyView>("economy", cancellationToken);
        output.Answer(view, text => Write(text, view, output.Width));
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, EconomyView view, int? width)
    {
        if (view.Source is null)
        {
            text.WriteLine("no economic releases are read: Economy:Source is None, or its reader has not reported yet");
            return;
        }

        text.WriteLine(SafeText.Of(
            $"{view.Source}: calendar {(view.IsAlive ? "known" : "NOT known, its features are unknown")}, {Figures.Count(view.RequestsOfDay)} of {Figures.Count(view.RequestsPerDayMax)} requests today"
            + (view.IsRead ? "" : $"; no process reads, the last report is of {Figures.Time(view.ReportedAt)}") + (view.Problem is { } problem ? $"; {problem}" : "")));
        var table = new TextTable("release", "last", "next", ">surprise", "note");
        foreach (var one in view.Releases)
        {
            table.Add(one.Name, Figures.Time(one.Last), Figures.Time(one.Next), one.Surprise is { } surprise ? Figures.Number(surprise, "+0.00;-0.00") : "", one.Problem ?? "");
        }

        foreach (var line in table.Whole(width))
        {
            text.WriteLine(line);
        }
    }
}
