using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Research.Backtests;
using BtcAgent.Strategies;
using BtcAgent.Strategies.Sources;

namespace BtcAgent.Cli.Inputs;

/// <summary>Options for the strategy: one by name with its parameters, or a trained model.</summary>
internal sealed class StrategyChoice
{
    private const string DefaultFolder = "strategies";

    private readonly ForestLoader _loader = new();

    private readonly Option<string> _strategy = new("--strategy")
    {
        Description = "a strategy by name: ema-cross, flow-momentum, flow-trend, or one of --strategies",
        DefaultValueFactory = _ => SignalModels.EmaCross,
    };

    private readonly Option<string?> _folder = new("--strategies")
    {
        Description = $"folder of strategies in C#; default ./{DefaultFolder} for a strategy that is not built in",
    };

    private readonly Option<int> _fast = new("--fast") { Description = "ema-cross: bars of the fast EMA", DefaultValueFactory = _ => 10 };

    private readonly Option<int> _slow = new("--slow") { Description = "ema-cross: bars of the slow EMA", DefaultValueFactory = _ => 20 };

    private readonly Option<string[]> _parameters = new("--param")
    {
        Description = "a strategy's parameter, such as entry=0.4; may be repeated",
    };

    private readonly Option<string?> _model = new("--model") { Description = "a trained model's artefact, folder or zip, instead of a rule" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _strategy, _folder, _fast, _slow, _parameters, _model })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Returns true for the reference rule over bars, which needs no features.</summary>
    public bool IsEmaCross(ParseResult arguments) =>
        arguments.GetValue(_model) is null && arguments.GetValue(_strategy) == SignalModels.EmaCross
        && (arguments.GetValue(_parameters) ?? []).Length == 0;

    public (int Fast, int Slow) EmaLengths(ParseResult arguments) => (arguments.GetValue(_fast), arguments.GetValue(_slow));

    /// <summary>Returns the path of the artefact; null for none.</summary>
    public string? ModelPath(ParseResult arguments) => arguments.GetValue(_model);

    /// <summary>Returns the trained model's window beside the run's; null for a rule or an empty run.</summary>
    public ModelWindow? WindowOf(ParseResult arguments, BacktestResult result)
    {
        if (arguments.GetValue(_model) is not { } path || result.Track is not { Points: > 0 } track)
        {
            return null;
        }

        var manifest = ModelArtefact.Read(path).Manifest;
        return ModelWindow.Of(
            Timestamp.FromDateTimeOffset(manifest.TrainedFrom),
            Timestamp.FromDateTimeOffset(manifest.TrainedTo) + TimeSpan.FromMilliseconds(manifest.HorizonMs),
            track.From,
            track.To);
    }

    /// <exception cref="Domain.Models.ModelRefusedException">The artefact is missing, damaged or has another schema.</exception>
    /// <exception cref="UsageException">The rule or one of its parameters does not exist.</exception>
    public ISignalModel Create(ParseResult arguments, FeatureSchema schema) =>
        Create(arguments, schema, ImmutableDictionary<string, double>.Empty);

    /// <param name="arguments">Arguments.</param>
    /// <param name="schema">Schema of the features.</param>
    /// <param name="tried">Parameters that replace those of the arguments.</param>
    /// <exception cref="Domain.Models.ModelRefusedException">The artefact is missing, damaged or has another schema.</exception>
    /// <exception cref="UsageException">The rule or one of its parameters does not exist, or a model has no parameters to try.</exception>
    public ISignalModel Create(ParseResult arguments, FeatureSchema schema, IReadOnlyDictionary<string, double> tried)
    {
        if (tried.Count > 0 && arguments.GetValue(_model) is not null)
        {
            throw new UsageException("--sweep tries the parameters of a strategy: a trained model has none");
        }

        if (arguments.GetValue(_model) is { } path)
        {
            return _loader.Open(ModelArtefact.Read(path)).CreateSignalModel(schema);
        }

        var name = arguments.GetValue(_strategy)!;
        var parameters = (arguments.GetValue(_parameters) ?? []).Select(Split).ToDictionary(StringComparer.Ordinal);
        if (name == SignalModels.EmaCross)
        {
            parameters.TryAdd("fast", arguments.GetValue(_fast));
            parameters.TryAdd("slow", arguments.GetValue(_slow));
        }

        foreach (var (parameter, value) in tried)
        {
            parameters[parameter] = value;
        }

        return FailFastModel.Of(UsageException.Unless(() => CatalogFor(arguments, name).Create(name, parameters, schema)));
    }

    /// <summary>Returns the strategies that a name may be of; compiles the folder only for one that is not built in.</summary>
    /// <param name="arguments">Arguments.</param>
    /// <param name="name">Name of the strategy, or an id of one.</param>
    /// <exception cref="StrategyException">A strategy of the folder cannot be used.</exception>
    public StrategyCatalog CatalogFor(ParseResult arguments, string name) =>
        arguments.GetValue(_folder) is { } folder ? StrategyFolder.Catalog(folder)
        : StrategyCatalog.BuiltIn.Find(name.Split('(')[0]) is null && Directory.Exists(DefaultFolder) ? StrategyFolder.Catalog(DefaultFolder)
        : StrategyCatalog.BuiltIn;

    private static KeyValuePair<string, double> Split(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && double.TryParse(text[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? new(text[..at], value)
            : throw new UsageException($"--param needs NAME=NUMBER, not '{text}'");
    }
}
