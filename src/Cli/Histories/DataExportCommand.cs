using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Output;
using BtcAgent.History.Queries;
using Spectre.Console;

namespace BtcAgent.Cli.Histories;

/// <summary>Writes a range of a data set as CSV, JSON or Parquet.</summary>
internal sealed class DataExportCommand : CliCommand
{
    private readonly Argument<string> _dataset = new("dataset") { Description = "name of the data set, see 'btcagent data list'" };
    private readonly HistoryPlaceOptions _place = new();
    private readonly Option<string> _out = new("--out") { Description = "file to write: .csv, .json, .jsonl or .parquet", Required = true };
    private readonly Option<string?> _instrument = new("--instrument") { Description = "only this instrument's, VENUE:SYMBOL" };
    private readonly Option<string?> _from = new("--from") { Description = "lowest event time, ISO 8601 in UTC" };
    private readonly Option<string?> _to = new("--to") { Description = "event times before this one, ISO 8601 in UTC" };

    public DataExportCommand()
        : base(
            "export",
            "Writes a range of a data set into one file, sorted by event time, with decimals and names as in queries.",
            "btcagent data export trades --from 2026-11-01 --to 2026-12-01 --out trades.csv")
    {
        Arguments.Add(_dataset);
        _place.AddTo(this);
        Options.Add(_out);
        Options.Add(_instrument);
        Options.Add(_from);
        Options.Add(_to);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (from, to) = (Time("--from", arguments.GetValue(_from)), Time("--to", arguments.GetValue(_to)));
        if (from >= to)
        {
            throw new UsageException($"--from {arguments.GetValue(_from)} is not before --to {arguments.GetValue(_to)}: no time is in between");
        }

        var instrument = arguments.GetValue(_instrument) is { } text ? UsageException.Unless(() => InstrumentId.Parse(text)).Key : null;
        var files = _place.Reader(arguments)(cancellationToken).GetAwaiter().GetResult();
        var dataset = files.Find(arguments.GetValue(_dataset)!);
        var path = arguments.GetValue(_out)!;
        var result = new ExportedRange(
            dataset.Name, HistoryExport.RunAsync(files, dataset, instrument, from, to, path, cancellationToken).GetAwaiter().GetResult(), path);
        output.Result(result, console => console.WriteLine(FormattableString.Invariant($"{result.Rows} rows of {result.Dataset} written to {result.File}")));
        return ExitCodes.Ok;
    }

    private static DateTimeOffset? Time(string option, string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new UsageException($"{option}: '{text}' is not a time: give one such as 2026-11-29 or 2026-11-29T12:00:00Z");
}
