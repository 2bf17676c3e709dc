using BtcAgent.Domain.Features;
using BtcAgent.Domain.Retraining;
using BtcAgent.Exchanges.Simulator.History;
using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Optimization.Objectives;

namespace BtcAgent.Silo.Training;

/// <summary>Reads or simulates the samples of a job, and labels them.</summary>
internal static class TrainingSamples
{
    /// <summary>Longest pause, in sampling intervals, that a label may span.</summary>
    private const double PauseMax = 2;

    /// <exception cref="TrainingFailedException">There are no data, or too few.</exception>
    public static async Task<(StoredDataset Dataset, PreparedData Prepared)> PrepareAsync(
        TrainerJob job, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var schema = FeatureSchema.Create(job.Features);
        var (data, source, warmUp, otherSchema) = job.Request.Window.Kind == TrainingDataKind.SimulatedVenue
            ? Simulate(job, progress, cancellationToken)
            : await ReadAsync(job, schema, progress, cancellationToken);
        if (job.Request.Recipe.HidesCalendar)
        {
            HideCalendar(data, schema);
        }

        var dataset = Label(data, job);
        var known = dataset.Labels.Known.Count(isKnown => isKnown);
        if (known < job.Request.Recipe.RowsMin)
        {
            throw new TrainingFailedException(TooFew(job, known, warmUp, otherSchema));
        }

        var (gaps, gapSeconds) = Gaps(data.Times, job.Features.SampleIntervalMs);
        return (dataset, new PreparedData(
            source, new UsedData(data.Rows, data.Times[0], data.Times[^1], warmUp, otherSchema, gaps, gapSeconds, DatasetHash.Of(dataset))));
    }

    private static (FeatureDataset Data, string Source, long WarmUp, long OtherSchema) Simulate(
        TrainerJob job, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var venue = job.Venue ?? throw new TrainingFailedException("this agent does not trade at the embedded venue, so it has no simulated history");
        var window = job.Request.Window;
        var rows = new EventRows(job.Request.Instrument, job.Features);
        SimulatedHistory.Run(
            venue,
            job.Request.Instrument.Symbol,
            window.To,
            window.To - window.From,
            rows.OnEvent,
            new Callback(share => progress("simulating history", share)),
            cancellationToken);
        var source = FormattableString.Invariant(
            $"{(window.To - window.From).TotalMinutes} min of the simulated venue, seed {venue.Seed}, {venue.OrdersPerSecond} orders/s");
        return (rows.ToDataset(), source, 0, 0);
    }

    private static async Task<(FeatureDataset Data, string Source, long WarmUp, long OtherSchema)> ReadAsync(
        TrainerJob job, FeatureSchema schema, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var (instrument, window) = (job.Request.Instrument, job.Request.Window);
        var folder = job.HistoryFolder
            ?? throw new TrainingFailedException("there is no history to train on: set History:Enabled=true and History:Parquet:Enabled=true, and in a cluster History:Parquet:Store to the place that its sink writes to");
        try
        {
            var samples = await new SampleHistory(folder, schema, job.ReaderMb).ReadAsync(
                instrument, window.From, window.To, new Callback(share => progress("reading the history", share)), cancellationToken);
            return (
                new FeatureDataset(instrument, schema.Hash, [.. schema.Definitions.Select(feature => feature.Name)], samples.Times, samples.Prices, samples.Values),
                $"the agent's history of {instrument.Key}, {window.From} to {window.To}",
                samples.WarmUp,
                samples.OtherSchema);
        }
        catch (HistoryException e)
        {
            throw new TrainingFailedException(e.Message, e);
        }
    }

    /// <summary>The prices that labels are made from; none spans a pause.</summary>
    public static PricePath PathOf(FeatureDataset data, TrainerJob job) =>
        PricePath.FromRows(data, TimeSpan.FromMilliseconds(PauseMax * job.Features.SampleIntervalMs));

    private static StoredDataset Label(FeatureDataset data, TrainerJob job) =>
        new SearchData(data, PathOf(data, job), TimeSpan.FromSeconds(1)).Label(job.Request.Recipe.HorizonSeconds, job.Request.Recipe.BarrierBps);

    private static string TooFew(TrainerJob job, int known, long warmUp, long otherSchema)
    {
        var window = job.Request.Window;
        var left = otherSchema > 0
            ? FormattableString.Invariant($"; {otherSchema} more were made by another version of the features, which this version's models cannot learn from")
            : "";
        return FormattableString.Invariant(
            $"too little data: {known} samples with a known outcome from {window.From} to {window.To} ({warmUp} left out while windows were filling{left}); at least {job.Request.Recipe.RowsMin} are needed: wait for more, widen Retraining:WindowDays, or lower Retraining:Recipe:RowsMin");
    }

    private static (int Count, double Seconds) Gaps(Timestamp[] times, int intervalMs)
    {
        var (count, seconds) = (0, 0.0);
        for (var i = 1; i < times.Length; i++)
        {
            var pause = (times[i] - times[i - 1]).TotalMilliseconds;
            if (pause > PauseMax * intervalMs)
            {
                count++;
                seconds += (pause - intervalMs) / 1_000;
            }
        }

        return (count, Math.Round(seconds, 3));
    }

    /// <summary>
    /// Hides the calendar and the releases: in a few hours each moment has its own, by which a forest would memorise the moves instead of learning
    /// what leads them.
    /// </summary>
    private static void HideCalendar(FeatureDataset data, FeatureSchema schema)
    {
        for (var i = 0; i < data.Values.Length; i++)
        {
            if (schema.Definitions[i % schema.Count].Group is FeatureGroup.Calendar or FeatureGroup.Economy)
            {
                data.Values[i] = 0;
            }
        }
    }

    private sealed class Callback(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
