using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Training;

namespace BtcAgent.Cli.Optimizing;

/// <summary>Options for the search itself: space, budget, sampler, and the training that it varies.</summary>
internal sealed class SearchChoice
{
    private const int DefaultTrials = 100;

    private static readonly TrainingPlan Defaults = new();

    private readonly Option<string?> _space = new("--space") { Description = "JSON file of the parameters to search; default: see --print-space" };

    private readonly Option<int?> _trials = new("--trials") { Description = $"trials of the search; default {DefaultTrials}, or no limit with --time" };

    private readonly Option<TimeSpan?> _time = new("--time")
    {
        Description = "time after which no trial starts, such as 90s, 45m or 2h; such a search does not repeat exactly",
        CustomParser = ParseTime,
    };

    private readonly Option<int> _jobs = Number("--jobs", "trials at a time; they change the time, not the result", Math.Min(Environment.ProcessorCount, 4));
    private readonly Option<int> _seed = Number("--seed", "the same seed gives the same trials and the same model", 1);

    private readonly Option<string> _sampler = new("--sampler")
    {
        Description = "chooses the settings to try: tpe, random or grid",
        DefaultValueFactory = _ => "tpe",
    };

    private readonly Option<string> _name = new("--name")
    {
        Description = "first part of the model's id: letters, digits, dashes",
        DefaultValueFactory = _ => Defaults.Name,
    };

    private readonly Option<int> _horizon = Number("--horizon", "horizon of the label in bars, or samples of a tape, where the space has none", 60);

    private readonly Option<double> _barrier = Share("--barrier-bps", "distance of the label's barriers in basis points, where the space has none", 50);
    private readonly Option<int> _folds = Number("--folds", "walk-forward folds of a trial", Defaults.Folds);
    private readonly Option<decimal> _fee = Amounts.Option("--fee-bps", "fee of one side, basis points", Defaults.FeeBps);
    private readonly Option<decimal> _slippage = Amounts.Option("--slippage-bps", "slippage of one side, basis points", Defaults.SlippageBps);
    private readonly Option<double> _untouched = Share("--untouched", "last part of the time, which judges the winner once, as a fraction", 0.2);

    public Option<bool> PrintSpace { get; } = new("--print-space") { Description = "print the default space as JSON, to change it for --space" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _space, PrintSpace, _trials, _time, _jobs, _seed, _sampler, _name, _horizon, _barrier, _folds, _fee, _slippage, _untouched,
        })
        {
            command.Options.Add(option);
        }

        _sampler.AcceptOnlyFromAmong("tpe", "random", "grid");
    }

    public string NameOf(ParseResult arguments) => arguments.GetValue(_name)!;

    public int SeedOf(ParseResult arguments) => arguments.GetValue(_seed);

    public ISampler SamplerOf(ParseResult arguments) => arguments.GetValue(_sampler) switch
    {
        "random" => new RandomSampler(),
        "grid" => new GridSampler(),
        _ => new TpeSampler(),
    };

    /// <exception cref="UsageException">A value is out of its range, or the space cannot be read.</exception>
    public SearchPlan PlanOf(ParseResult arguments)
    {
        var training = Defaults with
        {
            Name = arguments.GetValue(_name)!,
            Folds = arguments.GetValue(_folds),
            FeeBps = arguments.GetValue(_fee),
            SlippageBps = arguments.GetValue(_slippage),
            Seed = arguments.GetValue(_seed),
        };
        if (SettingCheck.RangeProblems(training).ToList() is { Count: > 0 } problems)
        {
            throw new UsageException(string.Join("; ", problems));
        }

        var time = arguments.GetValue(_time);
        var plan = new SearchPlan
        {
            Space = SpaceOf(arguments),
            Defaults = new ForestSettings(training, arguments.GetValue(_horizon), arguments.GetValue(_barrier)),
            UntouchedShare = arguments.GetValue(_untouched),
            Study = new StudyOptions
            {
                Seed = (ulong)arguments.GetValue(_seed),
                Jobs = arguments.GetValue(_jobs),
                Trials = arguments.GetValue(_trials) ?? (time is null ? DefaultTrials : null),
                Time = time,
            },
        };
        return UsageException.Unless(() =>
        {
            plan.Check();
            return plan;
        });
    }

    private SearchSpace SpaceOf(ParseResult arguments)
    {
        if (arguments.GetValue(_space) is not { } path)
        {
            return ForestSpace.Default;
        }

        try
        {
            var space = SearchSpace.Parse(File.ReadAllText(path));
            ForestSettings.Check(space);
            return space;
        }
        catch (Exception e) when (e is SearchSpaceException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--space: {e.Message}");
        }
    }

    private static TimeSpan? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var unit = text.Length == 0 ? ' ' : text[^1];
        if (unit is 's' or 'm' or 'h' && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and < 1e6)
        {
            return unit switch { 's' => TimeSpan.FromSeconds(count), 'm' => TimeSpan.FromMinutes(count), _ => TimeSpan.FromHours(count) };
        }

        result.AddError($"--time must be such as 90s, 45m or 2h, not '{text}'");
        return null;
    }

    private static Option<int> Number(string name, string description, int fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
    };

    private static Option<double> Share(string name, string description, double fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
    };
}
