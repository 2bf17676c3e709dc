using System.CommandLine;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Features;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Training;

namespace BtcAgent.Cli.Optimizing;

/// <summary>Options for the data of a search: bars or tapes, without a label, which the search chooses.</summary>
internal sealed class SearchInput
{
    private const int PauseBarsMax = 60;
    private const int PauseSamplesMax = 5;

    private readonly BarOptions _bars = new();
    private readonly TapeInput _tapes = new();

    public void AddTo(Command command)
    {
        _bars.AddTo(command);
        command.Options.Add(_tapes.Tapes);
    }

    /// <exception cref="UsageException">There is not exactly one source.</exception>
    public void Check(ParseResult arguments)
    {
        if (arguments.GetValue(_bars.Bars)?.Length > 0 == arguments.GetValue(_tapes.Tapes)?.Length > 0)
        {
            throw new UsageException("no data to search on: give either --bars or --tape");
        }
    }

    /// <summary>Returns the data, its description, and the result of its audit.</summary>
    public (SearchData Data, string Source, LookAheadReport Audit) Read(
        ParseResult arguments, CommandOutput output, Action<string, double> report, CancellationToken cancellationToken)
    {
        var instrument = UsageException.Unless(() => _bars.InstrumentOf(arguments));
        return arguments.GetValue(_bars.Bars)?.Length > 0
            ? FromBars(arguments, report, cancellationToken)
            : FromTapes(arguments, instrument, output, report, cancellationToken);
    }

    private (SearchData Data, string Source, LookAheadReport Audit) FromBars(
        ParseResult arguments, Action<string, double> report, CancellationToken cancellationToken)
    {
        report("reading bars", 0);
        var bars = _bars.Read(arguments, cancellationToken);
        var series = bars.Series;
        var rows = BarDatasetBuilder.Build(
            bars.Instrument,
            series.Bars,
            progress: new Progress(n => report("computing features", (double)n / series.Bars.Length)),
            cancel: cancellationToken);
        var audit = new BarTraining(bars.Instrument, 1, 0).Audit(series);
        return (new SearchData(rows, PricePath.FromBars(series.Bars, series.Interval * PauseBarsMax), series.Interval), bars.Description, audit);
    }

    private (SearchData Data, string Source, LookAheadReport Audit) FromTapes(
        ParseResult arguments, InstrumentId instrument, CommandOutput output, Action<string, double> report, CancellationToken cancellationToken)
    {
        report("decoding", 0);
        var tape = _tapes.Read(arguments, instrument, output);
        var features = new FeatureOptions();
        var rows = EventDatasetBuilder.Build(
            instrument,
            features,
            tape.Events,
            tape.LevelsOf,
            progress: new Progress(n => report("computing features", (double)n / tape.Events.Length)),
            cancel: cancellationToken);
        var step = TimeSpan.FromMilliseconds(features.SampleIntervalMs);
        return (new SearchData(rows, PricePath.FromRows(rows, step * PauseSamplesMax), step), _tapes.Describe(arguments, tape), LookAheadReport.LivePipeline);
    }

    private sealed class Progress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
