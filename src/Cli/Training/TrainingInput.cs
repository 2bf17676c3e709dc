using System.Collections.Immutable;
using System.CommandLine;
using BtcAgent.Cli.Backtests;
using BtcAgent.Cli.Datasets;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Ablations;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Reports;
using BtcAgent.Research.Training;

namespace BtcAgent.Cli.Training;

/// <summary>The shared options of <c>train</c> and <c>walkforward</c>: data, label, plan.</summary>
internal sealed class TrainingInput
{
    private const string AllGroups = "all";

    private static readonly TrainingPlan Defaults = new();

    private readonly DatasetInput _input = new();

    private readonly Option<string> _name = new("--name")
    {
        Description = "first part of the model's id: letters, digits, dashes",
        DefaultValueFactory = _ => Defaults.Name,
    };

    private readonly Option<int> _folds = Number("--folds", "walk-forward folds", Defaults.Folds);
    private readonly Option<int> _rounds = Number("--rounds", "maximum number of trees", Defaults.Rounds);
    private readonly Option<int> _leaves = Number("--leaves", "maximum number of leaves of a tree", Defaults.Leaves);
    private readonly Option<int> _minRows = Number("--min-rows", "minimum number of rows in a leaf", Defaults.MinRowsInLeaf);
    private readonly Option<int> _seed = Number("--seed", "the same seed gives the same bytes", Defaults.Seed);
    private readonly Option<int> _threads = Number("--threads", "training threads; they affect the time, not the model", Math.Min(Environment.ProcessorCount, 8));

    private readonly Option<decimal> _fee = new("--fee-bps")
    {
        Description = "fee of one side, basis points",
        DefaultValueFactory = _ => Defaults.FeeBps,
    };

    private readonly Option<decimal> _slippage = new("--slippage-bps")
    {
        Description = "slippage of one side, basis points",
        DefaultValueFactory = _ => Defaults.SlippageBps,
    };

    private readonly Option<string[]> _ablation = new("--ablation")
    {
        Description = $"groups of features to compare the model without, fold by fold, or all; each takes as long as the walk-forward: {string.Join(", ", FeatureGroups.Names)}",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly ReportOptions _reports = new();

    /// <summary>The option of the command for all its files.</summary>
    public OverwriteOption Overwrite => _reports.Overwrite;

    public void AddTo(Command command)
    {
        _input.AddTo(command, withStored: true);
        foreach (var option in new Option[] { _name, _folds, _rounds, _leaves, _minRows, _fee, _slippage, _seed, _threads, _ablation })
        {
            command.Options.Add(option);
        }

        _reports.AddTo(command);
    }

    public TrainingRun Run(ParseResult arguments, CommandOutput output, bool withModel, CancellationToken cancellationToken)
    {
        _input.Check(arguments);
        _reports.Check(arguments);
        var plan = PlanOf(arguments);
        var groups = GroupsOf(arguments, plan);
        return output.WithProgress(report =>
        {
            var (dataset, source, audit) = _input.Read(arguments, output, (what, share) => report(what, 0.1 * share), cancellationToken);
            var trained = groups.IsEmpty ? 0.9 : 0.9 / (groups.Length + 2);
            var run = new ModelTrainer(dataset, plan, TrainingLineage.Of(dataset, source), audit).Run(
                source, withModel, new Progress(s => report(s.What, 0.1 + (trained * s.Share))), cancellationToken);
            if (!groups.IsEmpty)
            {
                var rest = new Progress(s => report(s.What, 0.1 + trained + ((0.9 - trained) * s.Share)));
                run = run with { Ablation = new AblationTest(dataset, plan).Run(groups, rest, cancellationToken) };
            }

            _reports.Write(arguments, ReportContent.Of(run));

            return run;
        });
    }

    private TrainingPlan PlanOf(ParseResult arguments)
    {
        var plan = Defaults with
        {
            Name = arguments.GetValue(_name)!,
            Folds = arguments.GetValue(_folds),
            Rounds = arguments.GetValue(_rounds),
            Leaves = arguments.GetValue(_leaves),
            MinRowsInLeaf = arguments.GetValue(_minRows),
            FeeBps = arguments.GetValue(_fee),
            SlippageBps = arguments.GetValue(_slippage),
            Seed = arguments.GetValue(_seed),
            Threads = arguments.GetValue(_threads),
        };
        if (SettingCheck.RangeProblems(plan).ToList() is { Count: > 0 } problems)
        {
            throw new UsageException(string.Join("; ", problems));
        }

        return UsageException.Unless(() =>
        {
            plan.Check();
            return plan;
        });
    }

    private ImmutableArray<string> GroupsOf(ParseResult arguments, TrainingPlan plan)
    {
        var given = arguments.GetValue(_ablation) ?? [];
        var groups = given.Contains(AllGroups) ? FeatureGroups.Names : [.. given.Distinct(StringComparer.Ordinal)];
        if (groups.FirstOrDefault(group => !FeatureGroups.Names.Contains(group)) is { } unknown)
        {
            throw new UsageException($"--ablation has an unknown group '{unknown}': use {string.Join(", ", FeatureGroups.Names)}, or {AllGroups}");
        }

        return groups.IsEmpty || plan.Folds >= AblationTest.FoldsMin
            ? groups
            : throw new UsageException($"--ablation needs {AblationTest.FoldsMin} or more --folds, and there are {plan.Folds}");
    }

    private static Option<int> Number(string name, string description, int fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
    };

    private sealed class Progress(Action<TrainingStep> report) : IProgress<TrainingStep>
    {
        public void Report(TrainingStep value) => report(value);
    }
}
