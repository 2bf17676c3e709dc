using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Features;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Training;

namespace BtcAgent.Cli.Inputs;

/// <summary>Options for data to train on: bars or tapes, whose labels are made from them.</summary>
internal sealed class MarketInput
{
    /// <summary>Longest pause that a label may span, in bars.</summary>
    private const int PauseBarsMax = 60;

    /// <summary>… and in samples of a tape.</summary>
    private const int PauseSamplesMax = 5;

    private readonly BarOptions _bars = new();
    private readonly TapeInput _tapes = new();

    public void AddTo(Command command)
    {
        _bars.AddTo(command);
        _tapes.AddTo(command);
    }

    /// <summary>Number of kinds of data that are given.</summary>
    public int Given(ParseResult arguments) => (HasBars(arguments) ? 1 : 0) + (_tapes.IsGiven(arguments) ? 1 : 0);

    /// <summary>Returns the data, its description, and the result of its audit.</summary>
    public (SearchData Data, string Source, LookAheadReport Audit) Read(
        ParseResult arguments, CommandOutput output, Action<string, double> report, CancellationToken cancellationToken)
    {
        var instrument = UsageException.Unless(() => _bars.InstrumentOf(arguments));
        return HasBars(arguments)
            ? FromBars(arguments, report, cancellationToken)
            : FromTapes(arguments, instrument, output, report, cancellationToken);
    }

    private bool HasBars(ParseResult arguments) => arguments.GetValue(_bars.Bars)?.Length > 0;

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
        var audit = BarAudit.Run(bars.Instrument, series);
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
