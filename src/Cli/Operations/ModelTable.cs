using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Models;

namespace BtcAgent.Cli.Operations;

/// <summary>Prints registered models.</summary>
internal static class ModelTable
{
    public static void Write(TextWriter text, IReadOnlyList<ModelView> models, int? width)
    {
        var table = new TextTable("model", "strategy", "stage", "verdict", "trained to", "drift", ">scored", ">hit rate", "last move");
        foreach (var view in models.OrderBy(view => view.Model.Strategy, StringComparer.Ordinal).ThenByDescending(view => view.Model.Stage == ModelStage.Champion))
        {
            var counters = view.Runs.Select(run => run.Counters).ToArray();
            var (judged, hits) = (counters.Sum(run => run.Judged), counters.Sum(run => run.Hits));
            table.Add(
                view.Model.Id,
                view.Model.Strategy,
                Figures.Word(view.Model.Stage),
                Figures.Word(view.Verdict.State),
                Figures.Time(view.Model.Description.TrainedTo),
                Drift(view),
                Figures.Count(counters.Sum(run => run.Scored)),
                judged > 0 ? $"{Figures.Percent((decimal)hits / judged)} of {Figures.Count(judged)}" : Figures.Unknown,
                LastMove(view));
        }

        foreach (var line in table.Whole(width))
        {
            text.WriteLine(line);
        }

        foreach (var view in models)
        {
            foreach (var refusal in view.Refusals)
            {
                text.WriteLine($"! {view.Model.Id} is not served: {SafeText.Of(refusal)}");
            }
        }
    }

    /// <summary>The gravest state of its watches.</summary>
    private static string Drift(ModelView view)
    {
        var watches = view.Runs.Select(run => run.Watch).OfType<ModelWatchReading>().ToArray();
        return watches.Length == 0 ? Figures.Unknown : Figures.Word(watches.Max(watch => watch.Drift.State));
    }

    private static string LastMove(ModelView view) => view.Model.Moves is [.., var last]
        ? $"{Figures.Time(last.Time)} from {Figures.Word(last.From)} by {last.Operator}: {last.Reason}"
        : "";
}
