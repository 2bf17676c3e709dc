using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Output;
using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using Spectre.Console;

namespace BtcAgent.Cli.Histories;

/// <summary>Lists the data sets of the history.</summary>
internal sealed class DataListCommand : CliCommand
{
    private readonly HistoryPlaceOptions _place = new();

    public DataListCommand()
        : base("list", "Lists the data sets of the history: rows, span, size, gaps.", "btcagent data list --data data") => _place.AddTo(this);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var files = _place.Reader(arguments)(cancellationToken).GetAwaiter().GetResult();
        var listed = new ListedHistory(_place.PlaceOf(arguments), [.. files.Datasets.Select(dataset => Describe(dataset, files))]);
        var problems = listed.Datasets.Select(dataset => dataset.Problem).OfType<string>().ToList();
        output.Result(listed, console =>
        {
            console.Write(ToTable(listed));
            problems.ForEach(problem => console.WriteLine(TerminalText.Of(problem)));
        });
        return problems.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static ListedDataset Describe(Dataset dataset, HistoryFiles files) => files.ProblemOf(dataset) is { } problem
        ? new ListedDataset(dataset.Name, 0, 0, 0, null, null, [], problem)
        : Describe(dataset, files.ManifestOf(dataset));

    private static ListedDataset Describe(Dataset dataset, Manifest manifest) => new(
        dataset.Name,
        manifest.Files.Sum(file => file.Rows),
        manifest.Files.Count,
        manifest.Files.Sum(file => file.Bytes),
        manifest.Files.IsEmpty ? null : new Timestamp(manifest.Files.Min(file => file.FirstTime)).ToDateTimeOffset(),
        manifest.Files.IsEmpty ? null : new Timestamp(manifest.Files.Max(file => file.LastTime)).ToDateTimeOffset(),
        [.. manifest.Lost.Select(lost => FormattableString.Invariant($"{lost.Partition}: offsets {lost.From} to {lost.To - 1}"))]);

    private static Table ToTable(ListedHistory listed)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("data set", "rows", "files", "MiB", "from (UTC)", "to (UTC)", "gaps");
        foreach (var dataset in listed.Datasets)
        {
            table.AddRow(
                dataset.Name,
                dataset.Rows.ToString("N0", CultureInfo.InvariantCulture),
                dataset.Files.ToString("N0", CultureInfo.InvariantCulture),
                (dataset.Bytes / 1_048_576.0).ToString("N1", CultureInfo.InvariantCulture),
                Text(dataset.From),
                Text(dataset.To),
                Markup.Escape(dataset.Problem is not null ? "not readable" : dataset.Gaps.Count == 0 ? "none" : TerminalText.Of(string.Join("; ", dataset.Gaps))));
        }

        return table;
    }

    private static string Text(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
