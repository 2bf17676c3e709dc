using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Experiments;
using BtcAgent.Research.Experiments;

namespace BtcAgent.Cli.Experiments;

/// <summary>Measures how often experiments promote wrongly, and how long they need, by simulated challengers.</summary>
internal sealed class AbSimulateCommand : CliCommand
{
    private const int ExperimentsMax = 100_000;
    private static readonly ExperimentPlan Default = new();
    private static readonly SimulatedProfits DefaultProfits = new();

    private readonly Option<int> _experiments = Number("--experiments", "experiments of each scenario, 1 to 100,000", 1_000);
    private readonly Option<int> _seed = Number("--seed", "same seed, same results", 1);
    private readonly Option<double> _alpha = Number("--alpha", "probability of a false promotion, above 0, below 0.5", Default.Alpha);
    private readonly Option<int> _horizon = Number("--horizon", "days of the comparison, 30 to 3,650; 0 for none: a look every day, up to --days", Default.HorizonDays!.Value);
    private readonly Option<int> _days = Number("--days", "longest duration without a horizon, in days", Default.DaysMax);
    private readonly Option<int> _looks = Number("--looks", "looks within the horizon, 1 to 60", Default.Looks);
    private readonly Option<double> _correlation = Number("--correlation", "correlation of the daily profits of champion and challenger, -1 to 1", 0.9);
    private readonly Option<double> _autocorrelation = Number("--autocorrelation", "correlation of a day's profit with the day before, -0.9 to 0.9", DefaultProfits.Autocorrelation);

    public AbSimulateCommand()
        : base(
            "simulate",
            "Simulates challengers that are equal, better, worse or broken, through the rules that decide in production: shares promoted, stopped and rolled back, and days.",
            "btcagent ab simulate --experiments 1000 --seed 1 --correlation 0.95")
    {
        foreach (var option in new Option[] { _experiments, _seed, _alpha, _horizon, _days, _looks, _correlation, _autocorrelation })
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (experiments, seed, correlation) = (arguments.GetValue(_experiments), arguments.GetValue(_seed), arguments.GetValue(_correlation));
        var horizon = arguments.GetValue(_horizon);
        var plan = Default with
        {
            Alpha = arguments.GetValue(_alpha),
            HorizonDays = horizon == 0 ? null : horizon,
            DaysMax = arguments.GetValue(_days),
            Looks = arguments.GetValue(_looks),
        };
        var profits = DefaultProfits with { Autocorrelation = arguments.GetValue(_autocorrelation) };
        Require(experiments is >= 1 and <= ExperimentsMax, "--experiments takes 1 to 100,000");
        Require(correlation is >= -1 and <= 1, "--correlation takes -1 to 1");
        Require(profits.Autocorrelation is >= -0.9 and <= 0.9, "--autocorrelation takes -0.9 to 0.9");
        Require(plan.Problem() is null, plan.Problem() ?? "");

        var scenarios = output.WithProgress(report => new ExperimentSimulation(plan, profits, seed).Run(
            ExperimentScenario.Standard(correlation), experiments, share => report("experiments", share), cancellationToken));
        output.Result(
            new AbSimulation(seed, experiments, plan.Alpha, plan.HorizonDays, plan.Looks, plan.DaysMax, profits, scenarios),
            console => AbSimulationTable.Write(console, plan, scenarios));
        return ExitCodes.Ok;
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new UsageException(problem);
        }
    }

    private static Option<T> Number<T>(string name, string description, T value) => new(name) { Description = description, DefaultValueFactory = _ => value };
}
