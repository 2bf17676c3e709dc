using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Reports;
using BtcAgent.Research.Training;
using BtcAgent.Storage.Files;

namespace BtcAgent.Silo.Training;

/// <summary>
/// A training from the job's file to the finished model. Killed at any instant, the next attempt continues from the prepared data and
/// the finished trials, and gives the same bytes as one that was not killed.
/// </summary>
internal static class TrainerWork
{
    /// <summary>Share of the work that prepares the data of a simulated venue; reading stored ones is faster.</summary>
    private const double SimulatedShare = 0.85;

    private const double StoredShare = 0.3;

    /// <exception cref="TrainingFailedException">The training cannot succeed; the message says why.</exception>
    /// <exception cref="InvalidDataException">There is no job in the folder.</exception>
    public static async Task RunAsync(TrainerFolder folder, TimeProvider time, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var job = folder.ReadJob();
        if (folder.IsDone)
        {
            return;
        }

        try
        {
            var share = job.Request.Window.Kind == TrainingDataKind.SimulatedVenue ? SimulatedShare : StoredShare;
            var (dataset, prepared) = await PrepareAsync(folder, job, (step, part) => progress(step, share * part), cancellationToken);
            if (job.Request.Recipe.Search is { } search)
            {
                var found = new TrainerSearch(folder, job, search, PlanOf(job), time).Run(dataset, prepared.Source, Rest, cancellationToken);
                Write(folder, found.Model?.Artefact, ResultOf(job, found.Model, found.Headline, prepared.Used) with { Findings = found.Findings }, found.Report);
            }
            else
            {
                var run = Train(job, dataset, prepared.Source, Rest, cancellationToken);
                Write(folder, run.Artefact, ResultOf(job, run, VerdictOf(run).Headline(), prepared.Used), HtmlReport.Render(ReportContent.Of(run)));
            }

            void Rest(string step, double part) => progress(step, share + ((1 - share) * part));
        }
        catch (Exception e) when (e is LightGbmException or ModelRefusedException or SearchSpaceException or ArgumentException)
        {
            throw new TrainingFailedException(e.Message.ReplaceLineEndings(" "), e);
        }
    }

    /// <summary>Trains in this process.</summary>
    public static TrainingRun Train(
        TrainerJob job, StoredDataset dataset, string source, Action<string, double> progress, CancellationToken cancellationToken) =>
        new ModelTrainer(dataset, PlanOf(job), TrainingLineage.Of(dataset, source), LookAheadReport.LivePipeline)
            .Run(source, withModel: true, new Callback(step => progress(step.What, step.Share)), cancellationToken);

    /// <summary>The prepared data of an earlier attempt, if whole; otherwise prepares them.</summary>
    private static async Task<(StoredDataset Dataset, PreparedData Prepared)> PrepareAsync(
        TrainerFolder folder, TrainerJob job, Action<string, double> progress, CancellationToken cancellationToken)
    {
        if (await ReadPreparedAsync(folder, job, cancellationToken) is { } found)
        {
            progress("data prepared by an earlier attempt", 1);
            return found;
        }

        var made = await TrainingSamples.PrepareAsync(job, progress, cancellationToken);
        await DatasetWriter.WriteAsync(folder.DatasetPath, made.Dataset, cancel: cancellationToken);
        AtomicFile.WriteAllBytes(folder.PreparedPath, JsonSerializer.SerializeToUtf8Bytes(made.Prepared, TrainerFolder.Json));
        return made;
    }

    private static async Task<(StoredDataset Dataset, PreparedData Prepared)?> ReadPreparedAsync(
        TrainerFolder folder, TrainerJob job, CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.PreparedPath))
        {
            return null;
        }

        try
        {
            var prepared = TrainerFolder.Read<PreparedData>(folder.PreparedPath);
            var dataset = await DatasetReader.ReadAsync(folder.DatasetPath, FeatureSchema.Create(job.Features).Hash, cancellationToken);
            return DatasetHash.Of(dataset) == prepared.Used.Hash ? (dataset, prepared) : null;
        }
        catch (Exception e) when (e is DatasetFileException or InvalidDataException)
        {
            return null; // Prepared again.
        }
    }

    private static Verdict VerdictOf(TrainingRun run) => run.Verdict ?? Verdict.NotJudged;

    private static TrainerResult ResultOf(TrainerJob job, TrainingRun? run, string headline, UsedData used) => new(
        job.Id, run?.Artefact!.Id, run?.Artefact!.Hash, null, run is null ? null : VerdictOf(run).State, headline, used);

    private static void Write(TrainerFolder folder, ModelArtefact? artefact, TrainerResult result, string report)
    {
        var zip = artefact?.ToZip();
        folder.WriteDone(
            result with { ZipSha256 = zip is null ? null : Convert.ToHexStringLower(SHA256.HashData(zip)) }, zip, Encoding.UTF8.GetBytes(report));
    }

    private static TrainingPlan PlanOf(TrainerJob job)
    {
        var recipe = job.Request.Recipe;
        var plan = new TrainingPlan
        {
            Name = recipe.Name,
            Folds = recipe.Folds,
            Rounds = recipe.Rounds,
            EarlyStoppingRounds = recipe.EarlyStoppingRounds,
            LearningRate = recipe.LearningRate,
            Leaves = recipe.Leaves,
            MinRowsInLeaf = recipe.MinRowsInLeaf,
            FeatureFraction = recipe.FeatureFraction,
            ValidationShare = recipe.ValidationShare,
            FeeBps = recipe.CostBps,
            Embargo = recipe.Embargo,
            Seed = recipe.Seed,
            Threads = job.Threads,
        };
        plan.Check();
        return plan;
    }

    private sealed class Callback(Action<TrainingStep> report) : IProgress<TrainingStep>
    {
        public void Report(TrainingStep value) => report(value);
    }
}
