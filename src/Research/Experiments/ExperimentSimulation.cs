using System.Collections.Immutable;
using BtcAgent.Domain.Experiments;

namespace BtcAgent.Research.Experiments;

/// <summary>Runs simulated challengers through the experiments that decide live, to measure how often they decide wrongly.</summary>
/// <param name="plan">Rules of each experiment.</param>
/// <param name="profits">The simulated profits.</param>
/// <param name="seed">Same seed, same results.</param>
public sealed class ExperimentSimulation(ExperimentPlan plan, SimulatedProfits profits, int seed)
{
    private const double Z95 = 1.959964;

    /// <param name="scenarios">Kinds of challengers.</param>
    /// <param name="experiments">Experiments of each, 1 or more.</param>
    /// <param name="progress">Receives the completed share, 0…1; null for none.</param>
    /// <param name="cancellationToken">Stops between two experiments.</param>
    /// <exception cref="ArgumentException">A setting of the plan is out of range.</exception>
    public ImmutableArray<ScenarioResult> Run(
        IReadOnlyList<ExperimentScenario> scenarios, int experiments, Action<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(experiments, 1);
        if (plan.Problem() is { } problem)
        {
            throw new ArgumentException(problem);
        }

        var boundaries = scenarios.Select(s => s.Challengers).Distinct().ToDictionary(
            count => count, count => SequentialTest.BoundariesOf(plan with { Challengers = count, NeedsConfirmation = false }));
        return
        [
            .. scenarios.Select((scenario, number) =>
            {
                var families = new List<SimulatedChallenger[]>(experiments);
                for (var i = 0; i < experiments; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    families.Add(Family(scenario, number, i, boundaries[scenario.Challengers]));
                    progress?.Invoke((number + ((i + 1.0) / experiments)) / scenarios.Count);
                }

                return Count(scenario, families);
            }),
        ];
    }

    private SimulatedChallenger[] Family(ExperimentScenario scenario, int number, int experiment, ImmutableArray<double> boundaries)
    {
        var rules = plan with { Challengers = scenario.Challengers, NeedsConfirmation = false };
        var champion = new ChampionDays(profits, ProfitRandom.Of(seed, number, experiment, 0));
        var challengers = Enumerable.Range(1, scenario.Challengers).Select(i => new SimulatedChallenger(
            scenario, profits, Experiment.Begin($"{experiment}-{i}", "simulated", "champion", $"challenger-{i}", rules, new(1), boundaries), ProfitRandom.Of(seed, number, experiment, i))).ToArray();
        while (challengers.Any(c => c.Experiment.IsRunning))
        {
            champion.Next();
            foreach (var challenger in challengers.Where(c => c.Experiment.IsRunning))
            {
                challenger.Close(champion);
            }
        }

        return challengers;
    }

    private ScenarioResult Count(ExperimentScenario scenario, List<SimulatedChallenger[]> families)
    {
        double Share(Func<SimulatedChallenger, bool> holds) => families.Count(family => family.Any(holds)) / (double)families.Count;
        var promoted = Share(c => c.DaysToPromotion is not null);
        var (low, high) = Wilson(promoted, families.Count);
        int[] promotions = [.. families.Select(f => f.Min(c => c.DaysToPromotion)).Where(days => days is not null).Select(days => days!.Value)];
        return new(
            scenario.Name,
            scenario.Advantage,
            scenario.Correlation,
            families.Count,
            promoted,
            low,
            high,
            Share(c => c.Experiment.Outcome == ExperimentOutcome.Futile),
            Share(c => c.Experiment.Outcome == ExperimentOutcome.RolledBack),
            Share(c => c.WasCanary),
            promotions.Length == 0 ? null : Median(promotions),
            Median([.. families.Select(f => f.Max(c => c.Experiment.LastDay!.Value.DayNumber) - new DateOnly(2026, 1, 1).DayNumber + 1)]))
        {
            GreatestCanaryLoss = families.Max(f => f.Max(c => c.GreatestCanaryLoss)) / plan.CanaryLossMax,
        };
    }

    private static (double Low, double High) Wilson(double share, int count)
    {
        var square = Z95 * Z95 / count;
        var centre = (share + (square / 2)) / (1 + square);
        var reach = Z95 * Math.Sqrt((share * (1 - share) / count) + (square / (4 * count))) / (1 + square);
        return (Math.Max(0, centre - reach), Math.Min(1, centre + reach));
    }

    private static double Median(int[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2.0;
    }
}
