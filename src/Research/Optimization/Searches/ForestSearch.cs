using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Optimization.Landscapes;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Selection;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Optimization.Searches;

/// <summary>
/// A whole search for a model: trials in the search window, the choice of a winner, and the judgement of it. What chooses is never
/// what judges: the search has no data of the untouched window, which is opened once, and only for a winner whose search holds.
/// </summary>
/// <param name="data">All rows; the search itself gets those of its window only.</param>
/// <param name="plan">Checked by <see cref="SearchPlan.Check"/>.</param>
/// <param name="sampler">Chooses the points.</param>
/// <param name="openings">Remembers looks at untouched windows; null for a simulation, whose windows nobody saw.</param>
/// <param name="store">Keeps the trials; null for a search that cannot be resumed.</param>
/// <param name="time">Clock of budget and progress; null for the system's.</param>
public sealed class ForestSearch(
    SearchData data, SearchPlan plan, ISampler sampler, UntouchedOpenings? openings, ITrialStore? store = null, TimeProvider? time = null)
{
    /// <param name="progress">Called after each trial, in order.</param>
    /// <param name="cancellationToken">Ends the search; the store can be resumed.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    /// <exception cref="ArgumentException">The plan is not valid, or there are too few rows.</exception>
    /// <exception cref="TrialStoreException">The store belongs to another search.</exception>
    public SearchOutcome Run(IProgress<StudyProgress>? progress, CancellationToken cancellationToken)
    {
        plan.Check();
        var windows = SearchWindows.Of(data, plan.UntouchedShare, plan.Defaults.Plan.Embargo);
        var objective = new ForestObjective(data.Take(windows.Search.To), plan.Defaults);
        var hash = data.Hash();
        var description = objective.Describe(hash);
        var study = new Study(plan.Space, objective, sampler, plan.Study with { Objective = description }, store, time).Run(progress, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = new SearchOutcome
        {
            Study = study,
            Windows = windows,
            TestWindows = [.. objective.TestWindows()],
            Plateau = Plateaus(study),
            DataHash = hash,
            Id = IdOf(description),
        };
        return Winner(outcome) is { } winner ? Judge(outcome, winner, objective, cancellationToken) : outcome;
    }

    /// <summary>
    /// The trial whose score and neighbourhood are both best: of each the lower of its score and its plateau counts, so that a
    /// lonely peak counts as its surroundings, and a bad trial in a good neighbourhood as itself. Of equals, the higher score.
    /// </summary>
    private static Trial? Winner(SearchOutcome outcome) => outcome.Study.Trials
        .Where(t => t.State == TrialState.Complete)
        .OrderByDescending(t => Math.Min(t.Value, outcome.Plateau[t.Number]))
        .ThenByDescending(t => t.Value)
        .ThenBy(t => t.Number)
        .FirstOrDefault();

    private SearchOutcome Judge(SearchOutcome outcome, Trial winner, ForestObjective objective, CancellationToken cancellationToken)
    {
        var held = objective.BuyAndHold();
        var judged = outcome.Study.Trials.Where(t => t.State is TrialState.Complete or TrialState.Pruned).ToArray();
        var evidence = new SelectionEvidence
        {
            TrialReturns = [.. judged.Select(t => Joined(t, held))],
            Winner = Array.IndexOf(judged, winner),
            WinnerScore = winner.Value,
            PlateauScore = outcome.Plateau[winner.Number],
            TrialsStarted = outcome.Study.Trials.Length,
            BuyAndHold = [.. held.SelectMany(h => h)],
            Period = objective.Period,
            Untouched = null,
        };
        var selection = SelectionGate.Judge(evidence, plan.Limits);
        BacktestResult? run = null;
        if (SelectionGate.MayOpen(selection))
        {
            (run, evidence) = Open(outcome, winner, evidence, cancellationToken);
            selection = SelectionGate.Judge(evidence, plan.Limits);
        }

        return outcome with { Winner = winner, Evidence = evidence, Selection = selection, Untouched = run };
    }

    private (BacktestResult Run, SelectionEvidence Evidence) Open(
        SearchOutcome outcome, Trial winner, SelectionEvidence evidence, CancellationToken cancellationToken)
    {
        var test = new UntouchedTest(data, outcome.Windows, plan.Defaults);
        var (from, to) = (data.Rows.Times[outcome.Windows.Untouched.From], data.Rows.Times[outcome.Windows.Untouched.To - 1]);
        // Recorded before the look: a crash between the two must not give a free one.
        var looks = openings?.Open(data.Rows.Instrument, from, to, outcome.Id, winner.Point.ToString()) ?? 1;
        var run = test.Run(winner.Point, cancellationToken);
        var held = data.Rows.Prices[outcome.Windows.Untouched.To - 1] / data.Rows.Prices[outcome.Windows.Untouched.From];
        return (run, evidence with
        {
            Untouched = new UntouchedWindow(
                from,
                to,
                [.. run.Track!.Returns],
                run.Track.Period,
                (double)(run.FinalCash / run.InitialCash) - 1,
                run.RoundTrips.Length,
                held - 1,
                looks),
        });
    }

    /// <summary>A pruned trial counts as not trading in the folds that it did not run.</summary>
    private static double[] Joined(Trial trial, IReadOnlyList<double[]> held) =>
    [
        .. held.SelectMany((h, fold) => trial.Folds.FirstOrDefault(f => f.Fold == fold) is { } run && run.Returns.Length == h.Length
            ? run.Returns
            : [.. new double[h.Length]]),
    ];

    private ImmutableArray<double> Plateaus(StudyResult study) =>
    [
        .. study.Trials.Select(t => t.State == TrialState.Complete ? PlateauScore.Of(plan.Space, study.Trials, t) : double.NaN),
    ];

    private string IdOf(string description) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        FormattableString.Invariant($"{plan.Space.Hash}\n{description}\n{plan.Study.Seed}\n{sampler.Description}\n{plan.Study.Lag}"))))[..16];
}
