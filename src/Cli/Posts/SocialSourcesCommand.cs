using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Posts;

/// <summary>Lists the sources of posts of a running agent.</summary>
internal sealed class SocialSourcesCommand : AgentCommand
{
    public SocialSourcesCommand()
        : base("sources", "Lists the sources of posts of a running agent, and their state.", "btcagent social sources")
    {
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var view = await agent.GetAsync<SourcesView>("social/sources", cancellationToken);
        output.Answer(view, text => Write(text, view, output.Width));
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, SourcesView view, int? width)
    {
        if (!view.IsRead)
        {
            text.WriteLine(view.ReportedAt.IsKnown ? $"no process reads posts: the last report is of {Figures.Time(view.ReportedAt)}" : "no process reads posts, and none has since the start");
        }

        if (view.Sources.Length == 0)
        {
            text.WriteLine(view.IsRead ? "no source: Social:Source is None, and no post was offered" : "no source");
            return;
        }

        var table = new TextTable("source", "phase", "alive", ">accepted", ">refused", ">removed", "last post", "reason");
        foreach (var source in view.Sources)
        {
            table.Add(
                source.Source, Figures.Word(source.Phase), source.IsAlive ? "yes" : "no", Figures.Count(source.Accepted), Figures.Count(source.Refused),
                Figures.Count(source.Removed), Figures.Time(source.LastPostAt), source.Reason);
        }

        foreach (var line in table.Whole(width))
        {
            text.WriteLine(line);
        }
    }
}
