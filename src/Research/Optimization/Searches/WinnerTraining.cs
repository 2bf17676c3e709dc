using System.Globalization;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Optimization.Searches;

/// <summary>Trains the model of a search whose winner passes: the path of <c>btcagent train</c> on all rows, with the winner's settings.</summary>
public static class WinnerTraining
{
    /// <param name="data">All rows.</param>
    /// <param name="plan">Plan of the search.</param>
    /// <param name="outcome">Outcome of the search.</param>
    /// <param name="source">Description of the data.</param>
    /// <param name="audit">Result of the look-ahead audit of the data.</param>
    /// <param name="progress">Called at least once per fold.</param>
    /// <param name="cancellationToken">Checked before each boosting round.</param>
    /// <returns>The training with its artefact, whose lineage names the search, the trial, the range and hash of the data, and the code.</returns>
    /// <exception cref="InvalidOperationException">The winner does not pass: no model may be made of it.</exception>
    public static TrainingRun Run(
        SearchData data,
        SearchPlan plan,
        SearchOutcome outcome,
        string source,
        LookAheadReport audit,
        IProgress<TrainingStep>? progress,
        CancellationToken cancellationToken)
    {
        if (outcome is not { Passes: true, Winner: { } winner })
        {
            throw new InvalidOperationException($"a model is trained of a winner that passes only: {outcome.Headline}");
        }

        var settings = plan.Defaults.At(winner.Point, data.Rows.Features);
        var labelled = data.Label(settings.Horizon, settings.BarrierBps);
        var lineage = TrainingLineage.Of(labelled, source)
            .Add("data_from", Text(data.Rows.Times[0]))
            .Add("data_to", Text(data.Rows.Times[^1]))
            .Add("search", outcome.Id)
            .Add("search_data_hash", outcome.DataHash)
            .Add("search_space", plan.Space.Hash)
            .Add("search_trial", winner.Number.ToString(CultureInfo.InvariantCulture))
            .Add("search_trials", outcome.Study.Trials.Length.ToString(CultureInfo.InvariantCulture))
            .Add("search_settings", winner.Point.ToString())
            .Add("search_verdict", outcome.Headline);
        return new ModelTrainer(labelled, settings.Plan, lineage, audit).Run(source, withModel: true, progress, cancellationToken);
    }

    private static string Text(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
