using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Features;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Training;
using BtcAgent.Research.Weights;

namespace BtcAgent.Cli.Datasets;

/// <summary>Options for the training data: bars or tapes with a label, or a stored dataset.</summary>
internal sealed class DatasetInput
{
    private const int SamplesPauseMax = 5;

    private readonly BarOptions _bars = new();
    private readonly TapeInput _tapes = new();

    private readonly Option<string?> _dataset = new("--dataset") { Description = "a Parquet dataset written by 'dataset build', labels included" };

    private readonly Option<int> _horizon = new("--horizon")
    {
        Description = "horizon of the label: bars, or samples (seconds) of a tape",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<double> _barrier = new("--barrier-bps")
    {
        Description = "distance of the label's barriers in basis points; 0 labels by the return at the horizon",
        DefaultValueFactory = _ => 50,
    };

    /// <param name="command">The command to add the options to.</param>
    /// <param name="withStored">True to accept a stored dataset too.</param>
    public void AddTo(Command command, bool withStored)
    {
        _bars.AddTo(command);
        command.Options.Add(_tapes.Tapes);
        command.Options.Add(_horizon);
        command.Options.Add(_barrier);
        if (withStored)
        {
            command.Options.Add(_dataset);
        }
    }

    /// <exception cref="UsageException">There is not exactly one source, or the label is impossible.</exception>
    public void Check(ParseResult arguments)
    {
        var sources = new[] { arguments.GetValue(_bars.Bars)?.Length > 0, arguments.GetValue(_tapes.Tapes)?.Length > 0, Stored(arguments) is not null };
        if (sources.Count(s => s) != 1)
        {
            throw new UsageException("no training data: give exactly one of --bars, --tape and --dataset");
        }

        if (arguments.GetValue(_horizon) < 1 || !(arguments.GetValue(_barrier) is >= 0 and < 10_000))
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--horizon must be 1 or more and --barrier-bps 0…9999, not {arguments.GetValue(_horizon)} and {arguments.GetValue(_barrier)}"));
        }
    }

    /// <summary>Returns the dataset, its description, and the result of its audit.</summary>
    public (StoredDataset Dataset, string Source, LookAheadReport Audit) Read(
        ParseResult arguments, CommandOutput output, Action<string, double> report, CancellationToken cancellationToken)
    {
        if (Stored(arguments) is { } path)
        {
            report("reading the dataset", 0);
            var stored = DatasetReader.ReadAsync(path, cancel: cancellationToken).GetAwaiter().GetResult();
            return (stored, string.Create(CultureInfo.InvariantCulture, $"{stored.Rows.Rows} rows of {Path.GetFileName(path)}"), LookAheadReport.NotAvailable);
        }

        var instrument = UsageException.Unless(() => _bars.InstrumentOf(arguments));
        return arguments.GetValue(_bars.Bars)?.Length > 0
            ? FromBars(arguments, instrument, report, cancellationToken)
            : FromTapes(arguments, instrument, output, report, cancellationToken);
    }

    /// <summary>Returns null for a command without the option.</summary>
    private string? Stored(ParseResult arguments) =>
        arguments.CommandResult.Command.Options.Contains(_dataset) ? arguments.GetValue(_dataset) : null;

    private (StoredDataset Dataset, string Source, LookAheadReport Audit) FromBars(
        ParseResult arguments, InstrumentId instrument, Action<string, double> report, CancellationToken cancellationToken)
    {
        report("reading bars", 0);
        var bars = _bars.Read(arguments, cancellationToken);
        var series = bars.Series;
        var training = new BarTraining(bars.Instrument, arguments.GetValue(_horizon), arguments.GetValue(_barrier));
        var dataset = training.Label(
            series, new Progress(n => report("computing features", (double)n / series.Bars.Length)), cancellationToken);
        return (dataset, bars.Description, training.Audit(series));
    }

    private (StoredDataset Dataset, string Source, LookAheadReport Audit) FromTapes(
        ParseResult arguments, InstrumentId instrument, CommandOutput output, Action<string, double> report, CancellationToken cancellationToken)
    {
        report("decoding", 0);
        var tape = _tapes.Read(arguments, instrument, output);
        var features = new FeatureOptions();
        var data = EventDatasetBuilder.Build(
            instrument,
            features,
            tape.Events,
            tape.LevelsOf,
            progress: new Progress(n => report("computing features", (double)n / tape.Events.Length)),
            cancel: cancellationToken);
        var step = TimeSpan.FromMilliseconds(features.SampleIntervalMs);
        var path = PricePath.FromRows(data, step * SamplesPauseMax);
        var horizon = step * arguments.GetValue(_horizon);
        var barrier = arguments.GetValue(_barrier);
        var labels = barrier > 0
            ? new TripleBarrierLabeler(BarrierWidths.Fixed(barrier, barrier), horizon).Label(data, path)
            : new FixedHorizonLabeler(horizon).Label(data, path);
        return (
            new StoredDataset(data, labels, UniquenessWeights.Of(data, labels)),
            _tapes.Describe(arguments, tape),
            LookAheadReport.LivePipeline);
    }

    private sealed class Progress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
