using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Posts;

/// <summary>Shows the tone of the last posts of a running agent.</summary>
internal sealed class SocialSentimentCommand : AgentCommand
{
    private const int Shown = 10;

    public SocialSentimentCommand()
        : base("sentiment", "Shows the tone of the last minutes' posts, and the last tallies; --json has all that are kept.", "btcagent social sentiment --json")
    {
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var view = await agent.GetAsync<SentimentView>("social/sentiment", cancellationToken);
        output.Answer(view, text => Write(text, view));
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, SentimentView view)
    {
        if (view.Scorer is null)
        {
            text.WriteLine("no tally yet; 'btcagent social sources' shows whether one can come");
            return;
        }

        text.WriteLine(
            $"tone {Figures.Number(view.Tone, "0.00")} ({Figures.Number(view.ContentTone, "0.00")} by content alone) of {Figures.Count(view.Posts)} posts in {view.Minutes} minutes, "
            + $"{(double.IsFinite(view.ExtremeShare) ? Figures.Percent((decimal)view.ExtremeShare) : Figures.Unknown)} extreme; scorer {view.Scorer}");
        text.WriteLine(view.IsAlive ? $"the last tally is of {Figures.Time(view.LastAt)}" : $"no source is alive: the last tally is of {Figures.Time(view.LastAt)}");
        var table = new TextTable("time", ">posts", ">weight", ">tone");
        foreach (var point in view.Points.Where(point => point.Posts > 0).TakeLast(Shown))
        {
            table.Add(Figures.Time(point.At), Figures.Count(point.Posts), Figures.Number(point.Weight), Figures.Number(point.Tone, "0.00"));
        }

        foreach (var line in table.Lines())
        {
            text.WriteLine(line);
        }
    }
}
