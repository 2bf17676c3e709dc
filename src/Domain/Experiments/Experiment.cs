using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Domain.Experiments;

/// <summary>
/// A challenger against the champion of one strategy, from shadow through canary to champion. Immutable: each event returns
/// the next state, and a state read from a store continues the same way.
/// <list type="number">
/// <item>A stage is held for its days and its trades, whichever take longer, and left only when every gate is green.</item>
/// <item>Promotion needs significance at a planned look, which remains once it is reached.</item>
/// <item>A breach (<see cref="StageBreach"/>) ends the experiment at once in any stage.</item>
/// <item>Every move is in <see cref="Moves"/> with its rule, figures and person.</item>
/// <item>A day counts once; after the end nothing changes.</item>
/// </list>
/// </summary>
[GenerateSerializer, Immutable, Alias("Experiment")]
public sealed record Experiment
{
    /// <summary>Looks kept, newest last; those that moves rest on stay with the moves.</summary>
    public const int LooksKept = 400;

    private const string Agent = "agent";

    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Strategy { get; init; }

    /// <summary>Id of the champion's model when the experiment began.</summary>
    [Id(2)] public required string Champion { get; init; }

    /// <summary>Id of the challenger's model.</summary>
    [Id(3)] public required string Challenger { get; init; }

    [Id(4)] public required ExperimentPlan Plan { get; init; }

    [Id(5)] public ExperimentStage Stage { get; init; } = ExperimentStage.Shadow;

    [Id(6)] public ExperimentOutcome Outcome { get; init; }

    /// <summary>Boundaries of the looks; empty without a horizon.</summary>
    [Id(7)] public ImmutableArray<double> Boundaries { get; init; } = [];

    /// <summary>Challenger less champion, one a day, oldest first, as fractions of the capital.</summary>
    [Id(8)] public ImmutableArray<double> Differences { get; init; } = [];

    /// <summary>Null before the first day.</summary>
    [Id(9)] public DateOnly? LastDay { get; init; }

    /// <summary>Days in this stage.</summary>
    [Id(10)] public int StageDays { get; init; }

    /// <summary>Trades of the challenger in this stage.</summary>
    [Id(11)] public int StageTrades { get; init; }

    /// <summary>Sum of all differences.</summary>
    [Id(12)] public double TotalDifference { get; init; }

    /// <summary>Sum of the differences of this stage.</summary>
    [Id(13)] public double StageDifference { get; init; }

    /// <summary>Greatest log evidence so far; only without a horizon.</summary>
    [Id(14)] public double LogEvidence { get; init; }

    /// <summary>Newest last, at most <see cref="LooksKept"/>.</summary>
    [Id(15)] public ImmutableArray<ExperimentLook> Looks { get; init; } = [];

    /// <summary>The look that showed the challenger to be better; null before it.</summary>
    [Id(16)] public ExperimentLook? Significant { get; init; }

    /// <summary>Days since a person may confirm the promotion; null while none is due.</summary>
    [Id(17)] public int? AwaitedDays { get; init; }

    [Id(18)] public StageHealth Health { get; init; } = StageHealth.Green;

    /// <summary>Oldest first.</summary>
    [Id(19)] public ImmutableArray<ExperimentMove> Moves { get; init; } = [];

    public bool IsRunning => Stage != ExperimentStage.Ended;

    /// <summary>True while a promotion waits for a person.</summary>
    public bool AwaitsConfirmation => IsRunning && AwaitedDays is not null;

    /// <param name="id">Unique id.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="champion">Model id of its champion.</param>
    /// <param name="challenger">Model id of the challenger.</param>
    /// <param name="plan">The rules.</param>
    /// <param name="at">Event time.</param>
    /// <param name="boundaries">As by <see cref="SequentialTest.BoundariesOf"/>; computed when left out.</param>
    /// <exception cref="ArgumentException">A setting of the plan is out of range.</exception>
    public static Experiment Begin(
        string id, string strategy, string champion, string challenger, ExperimentPlan plan, Timestamp at, ImmutableArray<double> boundaries = default)
    {
        if (plan.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(plan));
        }

        var began = new ExperimentMove(
            at, ExperimentStage.Shadow, ExperimentStage.Shadow, ExperimentCause.Began, null, null, null, Agent, $"{challenger} against {champion}");
        return new()
        {
            Id = id,
            Strategy = strategy,
            Champion = champion,
            Challenger = challenger,
            Plan = plan,
            Boundaries = boundaries.IsDefault ? SequentialTest.BoundariesOf(plan) : boundaries,
            Moves = [began],
        };
    }

    /// <summary>Judges the current day at any time, so that a breach need not wait for the end of the day.</summary>
    public Experiment Check(StageHealth health, Timestamp at)
    {
        if (!IsRunning)
        {
            return this;
        }

        var seen = this with { Health = health };
        return StageBreach.Of(seen) is { } breach ? seen.RollBack(breach, at) : seen;
    }

    /// <summary>
    /// Counts a day and decides. A day on which the champion's profit is not a number cannot be compared and is left out; one
    /// on which the challenger's is not ends the experiment.
    /// </summary>
    public Experiment Close(ExperimentDay day)
    {
        if (!IsRunning || day.Day <= LastDay)
        {
            return this;
        }

        var seen = this with { LastDay = day.Day, Health = day.Health };
        if (!double.IsFinite(day.ChallengerPnl))
        {
            return seen.RollBack(new(ExperimentCause.ErrorBudget, null, null, "the challenger's profit of a day is not a number"), day.ClosedAt);
        }

        if (double.IsFinite(day.ChampionPnl))
        {
            var difference = day.ChallengerPnl - day.ChampionPnl;
            seen = seen with
            {
                Differences = Differences.Add(difference),
                StageDays = StageDays + 1,
                StageTrades = StageTrades + Math.Max(0, day.Trades),
                TotalDifference = TotalDifference + difference,
                StageDifference = StageDifference + difference,
                AwaitedDays = AwaitedDays + 1,
            };
        }

        return StageBreach.Of(seen) is { } breach ? seen.RollBack(breach, day.ClosedAt)
            : seen.Differences.Length == Differences.Length ? seen
            : seen.Looked().Decide(day.ClosedAt);
    }

    /// <summary>Confirms a promotion that waits for a person.</summary>
    public ExperimentChange Confirm(string person, Timestamp at) =>
        !AwaitsConfirmation ? Refuse($"experiment {Id} does not wait for a confirmation: it is {Word(Stage)}")
        : !Health.RedGates.IsEmpty ? Refuse($"experiment {Id}: {string.Join("; ", Health.RedGates)}")
        : new(Promote(person, at), null);

    /// <summary>Ends the experiment; a challenger that has become champion is rolled back.</summary>
    public ExperimentChange Stop(string person, string reason, Timestamp at) => IsRunning
        ? new(End(Stage == ExperimentStage.Champion ? ExperimentOutcome.RolledBack : ExperimentOutcome.Stopped, new(ExperimentCause.Operator, null, null, reason), null, person, at), null)
        : Refuse($"experiment {Id} has ended: {Word(Outcome)}");

    private Experiment Looked()
    {
        if (Stage == ExperimentStage.Champion || Significant is not null)
        {
            return this;
        }

        var evidence = LogEvidence;
        return new SequentialTest(Plan, Boundaries).Look(Differences.AsSpan(), ref evidence) is not { } look ? this : this with
        {
            LogEvidence = evidence,
            Looks = [.. Looks.Length < LooksKept ? Looks : Looks.RemoveAt(0), look],
            Significant = look.Answer == LookAnswer.Better ? look : null,
        };
    }

    private Experiment Decide(Timestamp at)
    {
        var isLooked = Significant is null && Looks is [.., var last] && Stage != ExperimentStage.Champion ? last.Answer : LookAnswer.Continue;
        if (isLooked is LookAnswer.Futile or LookAnswer.HorizonReached)
        {
            var cause = isLooked == LookAnswer.Futile ? ExperimentCause.Futile : ExperimentCause.HorizonReached;
            var text = cause == ExperimentCause.Futile ? "the comparison is unlikely to show an advantage" : "the comparison ended without significance";
            return End(ExperimentOutcome.Futile, new(cause, Looks[^1].PredictivePower ?? Looks[^1].High, Plan.FutilityPower, text), Looks[^1], Agent, at);
        }

        if (Stage != ExperimentStage.Champion && Differences.Length >= ExperimentPlan.DaysLimit)
        {
            return End(ExperimentOutcome.Futile, new(ExperimentCause.HorizonReached, Differences.Length, ExperimentPlan.DaysLimit, "the longest duration is over"), Significant, Agent, at);
        }

        return Stage switch
        {
            ExperimentStage.Shadow => LeavesShadow() ? Move(ExperimentStage.Canary, HoldComplete(), Significant, Agent, at) : this,
            ExperimentStage.Canary => DecideCanary(at),
            _ => StageDays >= Plan.WatchDays ? End(ExperimentOutcome.Promoted, HoldComplete(), Significant, Agent, at) : this,
        };
    }

    private Experiment DecideCanary(Timestamp at)
    {
        if (AwaitedDays >= Plan.ConfirmationDays)
        {
            return End(
                ExperimentOutcome.Stopped, new(ExperimentCause.NotConfirmed, AwaitedDays, Plan.ConfirmationDays, "nobody confirmed the promotion"), Significant, Agent, at);
        }

        var isReady = Significant is not null && IsHeld(Plan.CanaryDays, Plan.CanaryTrades);
        return !isReady || AwaitsConfirmation ? this
            : Plan.NeedsConfirmation ? this with { AwaitedDays = 0 }
            : Promote(Agent, at);
    }

    private bool LeavesShadow() => IsHeld(Plan.ShadowDays, Plan.ShadowTrades)
        && (Significant is not null || new SequentialTest(Plan, Boundaries).PredictivePower(Differences.AsSpan()) >= Plan.CanaryPower);

    private bool IsHeld(int days, int trades) => StageDays >= days && StageTrades >= trades && Health.RedGates.IsEmpty;

    private StageBreach HoldComplete() => new(
        ExperimentCause.HoldComplete, StageDays, null, string.Create(CultureInfo.InvariantCulture, $"{StageDays} days and {StageTrades} trades, every gate green"));

    private Experiment Promote(string person, Timestamp at)
    {
        var look = Significant!;
        var text = string.Create(CultureInfo.InvariantCulture, $"the challenger earns more: z {look.Estimate.Z:0.00} at look {look.Number}, boundary {look.Boundary:0.00}");
        return Move(ExperimentStage.Champion, new(ExperimentCause.Significant, look.Estimate.Z, look.Boundary, text), look, person, at);
    }

    private Experiment RollBack(StageBreach breach, Timestamp at) => End(ExperimentOutcome.RolledBack, breach, null, Agent, at);

    private Experiment End(ExperimentOutcome outcome, StageBreach rule, ExperimentLook? look, string person, Timestamp at) =>
        Move(ExperimentStage.Ended, rule, look, person, at) with { Outcome = outcome };

    private Experiment Move(ExperimentStage to, StageBreach rule, ExperimentLook? look, string person, Timestamp at) => this with
    {
        Stage = to,
        StageDays = 0,
        StageTrades = 0,
        StageDifference = 0,
        AwaitedDays = null,
        Moves = Moves.Add(new(at, Stage, to, rule.Cause, rule.Figure, rule.Limit, look, person, rule.Text)),
    };

    private ExperimentChange Refuse(string why) => new(this, why);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
