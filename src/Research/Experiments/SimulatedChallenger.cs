using BtcAgent.Domain.Experiments;

namespace BtcAgent.Research.Experiments;

/// <summary>A challenger's days beside its champion's, with its defect, through the experiment that decides live.</summary>
internal sealed class SimulatedChallenger(ExperimentScenario scenario, SimulatedProfits profits, Experiment begun, ProfitRandom random)
{
    /// <summary>Checks of a day in canary: one an hour.</summary>
    private const int ChecksPerDay = 24;

    private const long SamplesPerDay = 86_400;
    private static readonly DateOnly First = new(2026, 1, 1);

    private ProfitRandom _random = random;
    private double _shock;
    private double _canaryPnl;
    private int _day;

    public Experiment Experiment { get; private set; } = begun;

    /// <summary>Greatest loss of the canary at any check, as a fraction of the capital; 0 for none.</summary>
    public double GreatestCanaryLoss { get; private set; }

    /// <summary>Days until the challenger became champion; null if it did not.</summary>
    public int? DaysToPromotion { get; private set; }

    public bool WasCanary { get; private set; }

    private ChallengerFault Fault =>
        scenario.BreaksInCanary && Experiment.Stage == ExperimentStage.Shadow ? ChallengerFault.None : scenario.Fault;

    public void Close(ChampionDays champion)
    {
        _shock = ChampionDays.Following(_shock, profits, ref _random);
        var working = ChampionDays.MeanOf(profits.ChampionSharpe + scenario.Advantage, profits)
            + (champion.Volatility * ((scenario.Correlation * champion.Shock) + (Math.Sqrt(1 - (scenario.Correlation * scenario.Correlation)) * _shock)));
        var trades = 4 + (int)(_random.Uniform() * 9);
        var fault = Fault;
        var pnl = fault switch
        {
            ChallengerFault.SignFlipped => -working - profits.FlippedCost,
            ChallengerFault.ConstantScore or ChallengerFault.Crashing => 0,
            _ => working,
        };
        if (Experiment.Stage == ExperimentStage.Canary)
        {
            WalkCanary(pnl, champion.Volatility, fault);
        }

        var stage = Experiment.Stage;
        Experiment = Experiment.Close(new(
            First.AddDays(_day), At(ChecksPerDay), champion.Pnl, pnl, fault is ChallengerFault.ConstantScore or ChallengerFault.Crashing ? 0 : trades, HealthOf(fault, 1)));
        _day++;
        if (Experiment.Stage != stage)
        {
            WasCanary |= Experiment.Stage == ExperimentStage.Canary;
            DaysToPromotion ??= Experiment.Stage == ExperimentStage.Champion ? _day : null;
        }
    }

    /// <summary>The hours of a day in canary: a bridge to the day's profit, checked at each.</summary>
    private void WalkCanary(double pnl, double volatility, ChallengerFault fault)
    {
        var (before, walked) = (_canaryPnl, 0.0);
        var works = fault is not (ChallengerFault.ConstantScore or ChallengerFault.Crashing);
        for (var check = 1; check <= ChecksPerDay && Experiment.IsRunning; check++)
        {
            var left = ChecksPerDay - check;
            // The next point of a Brownian bridge that ends at the day's profit.
            var spread = works ? volatility * Math.Sqrt((double)left / (left + 1) / ChecksPerDay) : 0;
            walked += ((pnl - walked) / (left + 1)) + (spread * _random.Normal());
            _canaryPnl = before + (Experiment.Plan.CanaryShare * walked);
            GreatestCanaryLoss = Math.Max(GreatestCanaryLoss, -_canaryPnl);
            Experiment = Experiment.Check(HealthOf(fault, (double)check / ChecksPerDay), At(check));
        }
    }

    private StageHealth HealthOf(ChallengerFault fault, double shareOfDay)
    {
        var samples = (long)(SamplesPerDay * shareOfDay);
        return StageHealth.Green with
        {
            Samples = samples,
            Failures = fault switch { ChallengerFault.NotANumber => samples / 20, ChallengerFault.Crashing => samples, _ => 0 },
            Late = fault == ChallengerFault.Slow ? samples / 10 : 0,
            ScoreSpread = fault switch { ChallengerFault.ConstantScore => 0, ChallengerFault.Crashing => null, _ => 0.5 },
            CanaryPnl = _canaryPnl,
        };
    }

    private Timestamp At(int check) =>
        Timestamp.FromDateTimeOffset(new DateTimeOffset(First.AddDays(_day), TimeOnly.MinValue, TimeSpan.Zero).AddHours(check));
}
