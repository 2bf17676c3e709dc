using BtcAgent.Domain.Retraining;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Reports;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Training;

namespace BtcAgent.Silo.Training;

/// <summary>
/// Searches the settings of a job's model, judges the winner, and trains it if it passes. Killed at any instant, the next attempt
/// repeats only the folds in flight; without a budget of time it gives the same bytes.
/// </summary>
/// <param name="folder">Files of the job.</param>
/// <param name="job">The job.</param>
/// <param name="search">Its search part.</param>
/// <param name="training">Settings that the search does not vary.</param>
/// <param name="time">Clock of the budget, the progress and the openings.</param>
internal sealed class TrainerSearch(TrainerFolder folder, TrainerJob job, TrainingSearch search, TrainingPlan training, TimeProvider time)
{
    /// <summary>Share of the work that the trials are; the rest trains the winner.</summary>
    private const double TrialsShare = 0.95;

    /// <exception cref="ArgumentException">The settings are not valid, or there are too few rows.</exception>
    /// <exception cref="InvalidDataException">The openings of untouched windows cannot be read.</exception>
    public SearchedModel Run(StoredDataset dataset, string source, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var data = new SearchData(dataset.Rows, TrainingSamples.PathOf(dataset.Rows, job), TimeSpan.FromMilliseconds(job.Features.SampleIntervalMs));
        var plan = PlanOf(data);
        progress($"trial 0 of {search.Trials}", 0);
        var outcome = Search(data, plan, progress, cancellationToken);
        var report = SearchReport.Render(new SearchReportContent(plan, outcome, source));
        var model = !outcome.Passes ? null : WinnerTraining.Run(
            data,
            plan,
            outcome,
            source,
            LookAheadReport.LivePipeline,
            new Callback<TrainingStep>(step => progress($"the winner: {step.What}", TrialsShare + ((1 - TrialsShare) * step.Share))),
            cancellationToken);
        return new SearchedModel(model, outcome.Headline, FindingsOf(outcome), report);
    }

    private SearchPlan PlanOf(SearchData data)
    {
        var interval = job.Features.SampleIntervalMs;
        var recipe = job.Request.Recipe;
        var study = new StudyOptions { Seed = (ulong)recipe.Seed, Trials = search.Trials, Time = search.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null };
        return new SearchPlan
        {
            Space = search.Space is { } space ? SearchSpace.Parse(space) : SampleSpace.Of(data.Rows.Features, interval),
            Defaults = new ForestSettings(training, Math.Max(1, (int)(recipe.HorizonSeconds * 1_000L / interval)), recipe.BarrierBps),
            UntouchedShare = search.UntouchedShare,
            Study = study with { Jobs = Math.Min(job.Threads, study.Lag) },
        };
    }

    private SearchOutcome Search(SearchData data, SearchPlan plan, Action<string, double> progress, CancellationToken cancellationToken)
    {
        try
        {
            return SearchFromStore(data, plan, progress, cancellationToken);
        }
        catch (TrialStoreException e) when (File.Exists(folder.TrialsPath))
        {
            // Damaged, or of another version of the agent: the trials are made again.
            progress($"trials of an earlier attempt cannot be used: {e.Message}", 0);
            folder.DiscardTrials();
            return SearchFromStore(data, plan, progress, cancellationToken);
        }
    }

    private SearchOutcome SearchFromStore(SearchData data, SearchPlan plan, Action<string, double> progress, CancellationToken cancellationToken)
    {
        using var store = TrialStoreFile.Open(folder.TrialsPath, resume: true);
        var outcome = new ForestSearch(data, plan, new TpeSampler(), new UntouchedOpenings(folder.OpeningsPath, time), store, time).Run(
            new Callback<StudyProgress>(p => progress(p.Describe(), TrialsShare * ShareOf(p))), cancellationToken);

        // A repair of the store does not belong to the result: the report has the bytes of a search that was not killed.
        return outcome with { Study = outcome.Study with { Notes = [.. outcome.Study.Notes.Except(store.Warnings)] } };
    }

    private double ShareOf(StudyProgress p)
    {
        var ofTrials = (double)p.Done / search.Trials;
        return search.Minutes is { } minutes ? Math.Min(1, Math.Max(ofTrials, p.Elapsed.TotalMinutes / minutes)) : ofTrials;
    }

    private static SearchFindings FindingsOf(SearchOutcome outcome) => new(
        outcome.Id,
        outcome.Study.Trials.Length,
        outcome.Selection?.Figures.IndependentTrials ?? 0,
        outcome.Winner?.Number,
        outcome.Winner?.Value,
        outcome.Winner?.Point.ToString(),
        outcome.Evidence?.Untouched?.NetReturn,
        outcome.Evidence?.Untouched?.Looks,
        outcome.Selection?.Reasons ?? []);

    private sealed class Callback<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
