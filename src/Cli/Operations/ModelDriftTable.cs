using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Drift;

namespace BtcAgent.Cli.Operations;

/// <summary>Prints a model's watches: a table of them, then the features that differ most.</summary>
internal static class ModelDriftTable
{
    private const int FeaturesMax = 10;

    public static void Write(TextWriter text, ModelView view, int? width)
    {
        if (view.Runs.Count == 0)
        {
            text.WriteLine($"{view.Model.Id} is {Figures.Word(view.Model.Stage)} and serves no instrument: nothing is watched");
        }

        foreach (var run in view.Runs)
        {
            text.WriteLine($"{view.Model.Id} on {run.Instrument}, {(run.Trades ? "trading" : Figures.Word(view.Model.Stage))}, trained to {Figures.Time(view.Model.Description.TrainedTo)}");
            if (run.Watch is { } watch)
            {
                Write(text, watch, width);
            }
            else
            {
                text.WriteLine("  not watched: before its first sample, or ModelWatch is off");
            }
        }
    }

    private static void Write(TextWriter text, ModelWatchReading watch, int? width)
    {
        var table = new TextTable("watch", "state", ">figure", ">trained", "meaning");
        table.Add("drift", Figures.Word(watch.Drift.State), Figures.Percent((decimal)watch.Drift.DriftedShare), "", watch.Drift.Text);
        if (watch.Drift.Score is { } score)
        {
            table.Add("score", Figures.Word(score.State), Figures.Number(score.Psi), "", $"stability index of the scores over {Figures.Count(watch.Drift.Rows)} rows");
        }

        Add(table, "calibration", watch.Calibration);
        Add(table, "profit", watch.Profit);
        if (watch.Today is { } today)
        {
            table.Add("late scores", "", Figures.Count(today.Late), "", $"of {Figures.Count(today.Samples)} samples on {today.Day:yyyy-MM-dd}");
        }

        table.Add("recomputed", "", Figures.Count(watch.ParityBreaks), "", $"of {Figures.Count(watch.Recomputed)} scores differed{(watch.LastBreak is { } last ? $", the last: {last}" : "")}");
        Write(text, table, width);
        var features = watch.Drift.Features.OrderByDescending(feature => feature.State).ThenByDescending(feature => Known(feature.Psi)).Take(FeaturesMax).ToArray();
        if (features.Length == 0)
        {
            return;
        }

        var differing = new TextTable("feature", "state", ">psi", ">ks", ">p", ">missing");
        foreach (var feature in features)
        {
            differing.Add(
                feature.Name, Figures.Word(feature.State), Figures.Number(feature.Psi), Figures.Number(feature.KsStatistic),
                Figures.Number(feature.KsPValue), double.IsFinite(feature.MissingShare) ? Figures.Percent((decimal)feature.MissingShare) : Figures.Unknown);
        }

        Write(text, differing, width);
        if (watch.Drift.Features.Length > features.Length)
        {
            text.WriteLine($"  and {watch.Drift.Features.Length - features.Length} more features, which differ less: --json has all");
        }
    }

    private static void Add(TextTable table, string name, DecayReading reading) =>
        table.Add(name, Figures.Word(reading.State), Number(reading.Figure), Number(reading.Expected), reading.Text);

    private static string Number(double? value) => value is { } known ? Figures.Number(known, "0.####") : Figures.Unknown;

    private static double Known(double value) => double.IsNaN(value) ? double.NegativeInfinity : value;

    private static void Write(TextWriter text, TextTable table, int? width)
    {
        foreach (var line in table.Whole(width))
        {
            text.WriteLine($"  {line}");
        }
    }
}
