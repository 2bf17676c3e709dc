using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Histories;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.History.Imports;
using BtcAgent.Storage.Embedded;
using Spectre.Console;

namespace BtcAgent.Cli.Imports;

/// <summary>Imports files into the history of a data folder.</summary>
internal sealed class DataImportCommand : CliCommand
{
    private readonly Argument<string[]> _files = new("files") { Description = "archives of klines, trades or aggTrades, files of bars (csv, zip, gz or xz), tapes, Parquet", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string> _into = new("--into") { Description = "the agent's data folder; the agent must be stopped", DefaultValueFactory = _ => "data" };

    private readonly Option<string> _instrument = new("--instrument") { Description = "instrument of the files, as VENUE:SYMBOL", DefaultValueFactory = _ => "BINANCE:BTCUSDT" };

    private readonly Option<ImportFormat?> _kind = new("--kind") { Description = "klines, trades, aggTrades, bars, tape or parquet; default: found from the content" };

    private readonly Option<string[]> _columns = new("--columns")
    {
        Description = "columns of a Parquet file whose names are not found: time=ts price=px",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly BarPolicyOptions _bars = new();

    private readonly Option<ImportChoice> _gap = Choice("--on-gap", "missing rows: keep (report) or refuse", ImportChoice.Keep, ImportChoice.Drop);

    private readonly Option<ImportChoice> _duplicate = Choice("--on-duplicate", "rows that repeat an earlier one of the file: refuse or drop", ImportChoice.Refuse, ImportChoice.Keep);

    private readonly Option<ImportChoice> _disorder = Choice("--on-disorder", "rows earlier than the row before: keep, drop or refuse", ImportChoice.Keep, null);

    private readonly Option<ImportChoice> _irregular = Choice("--on-irregular", "bars off the grid of their interval: keep, drop or refuse", ImportChoice.Keep, null);

    public DataImportCommand()
        : base(
            "import",
            "Imports files into the history. A file that is imported again, or whose import was interrupted, adds only what is missing.",
            "btcagent data import BTCUSDT-trades-2024-08.zip --into data")
    {
        Arguments.Add(_files);
        foreach (var option in new Option[] { _into, _instrument, _kind, _gap, _duplicate, _disorder, _irregular, _columns })
        {
            Options.Add(option);
        }

        _bars.AddFormatTo(this);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var instrument = UsageException.Unless(() => InstrumentId.Parse(arguments.GetValue(_instrument)!));
        var policy = new ImportPolicy(arguments.GetValue(_gap), arguments.GetValue(_duplicate), arguments.GetValue(_disorder), arguments.GetValue(_irregular));
        var source = new ImportFiles(instrument, arguments.GetValue(_kind), _bars.Of(arguments), Columns(arguments.GetValue(_columns)!));
        var files = arguments.GetValue(_files)!.Select(path => source.Open(path, cancellationToken)).ToList();
        var imported = output.WithProgress(report => ImportAsync(arguments.GetValue(_into)!, instrument, policy, files, report, cancellationToken).GetAwaiter().GetResult());
        output.Result(imported, console =>
        {
            foreach (var file in imported.Files)
            {
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file.File}: {file.Rows:N0} {file.Kind} of {instrument}, {file.From:yyyy-MM-dd HH:mm:ss} to {file.To:yyyy-MM-dd HH:mm:ss} UTC; {file.Stored:N0} stored, {file.AlreadyStored:N0} were already"));
                foreach (var finding in file.Findings)
                {
                    console.WriteLine($"  {finding}");
                }
            }
        });
        return ExitCodes.Ok;
    }

    private static async Task<ImportedFiles> ImportAsync(
        string dataFolder, InstrumentId instrument, ImportPolicy policy, List<IImportFile> files, Action<string, double> report, CancellationToken cancellationToken)
    {
        using var data = OpenFolder(dataFolder);
        await using var history = new HistoryImport(HistoryFolderOption.Resolve(data.FullPath), TimeProvider.System);
        await history.OpenAsync(cancellationToken);
        var import = new FileImport(history, instrument, policy, TimeProvider.System);
        List<ImportedFile> imported = [];
        foreach (var file in files)
        {
            report(Path.GetFileName(file.Path), (double)imported.Count / files.Count);
            imported.Add(await import.ImportAsync(file, cancellationToken));
        }

        return new ImportedFiles(data.FullPath, instrument.Key, imported);
    }

    /// <summary>Locks the folder: the agent and the import cannot both write the history.</summary>
    private static DataFolder OpenFolder(string path)
    {
        try
        {
            return DataFolder.Open(path);
        }
        catch (EmbeddedStoreException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static Dictionary<string, string> Columns(string[] texts)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == text.Length - 1 || !columns.TryAdd(text[..at], text[(at + 1)..]))
            {
                throw new UsageException($"--columns: '{text}' is not one ROLE=NAME, such as time=ts");
            }
        }

        return columns;
    }

    private static Option<ImportChoice> Choice(string name, string description, ImportChoice fallback, ImportChoice? impossible)
    {
        var option = new Option<ImportChoice>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (impossible is { } not && result.Tokens is [var token, ..] && Enum.TryParse<ImportChoice>(token.Value, ignoreCase: true, out var given) && given == not)
            {
                result.AddError($"{name} {token.Value} is not possible: {description}");
            }
        });
        return option;
    }
}
