using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Histories;
using BtcAgent.Cli.Output;
using BtcAgent.History.Imports;
using BtcAgent.Research.Archives;
using BtcAgent.Research.Bars;
using BtcAgent.Storage.Embedded;
using Spectre.Console;

namespace BtcAgent.Cli.Imports;

/// <summary>Imports archives into the history of a data folder.</summary>
internal sealed class DataImportCommand : CliCommand
{
    private readonly Argument<string[]> _files = new("files") { Description = "archives of klines, trades or aggTrades: csv, zip, gz or xz", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string> _into = new("--into") { Description = "the agent's data folder; the agent must be stopped", DefaultValueFactory = _ => "data" };

    private readonly Option<string> _instrument = new("--instrument") { Description = "instrument of the files, as VENUE:SYMBOL", DefaultValueFactory = _ => "BINANCE:BTCUSDT" };

    private readonly Option<ArchiveKind?> _kind = new("--kind") { Description = "klines, trades or aggTrades; default: found from the rows" };

    private readonly Option<ImportChoice> _gap = Choice("--on-gap", "missing rows: keep (report) or refuse", ImportChoice.Keep, ImportChoice.Drop);

    private readonly Option<ImportChoice> _duplicate = Choice("--on-duplicate", "rows that repeat an earlier one of the file: refuse or drop", ImportChoice.Refuse, ImportChoice.Keep);

    private readonly Option<ImportChoice> _disorder = Choice("--on-disorder", "rows earlier than the row before: keep, drop or refuse", ImportChoice.Keep, null);

    private readonly Option<ImportChoice> _irregular = Choice("--on-irregular", "bars off the grid of their interval: keep, drop or refuse", ImportChoice.Keep, null);

    public DataImportCommand()
        : base(
            "import",
            "Imports archives into the history. A file that is imported again, or whose import was interrupted, adds only what is missing.",
            "btcagent data import BTCUSDT-trades-2024-08.zip --into data")
    {
        Arguments.Add(_files);
        foreach (var option in new Option[] { _into, _instrument, _kind, _gap, _duplicate, _disorder, _irregular })
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var instrument = UsageException.Unless(() => InstrumentId.Parse(arguments.GetValue(_instrument)!));
        var policy = new ImportPolicy(arguments.GetValue(_gap), arguments.GetValue(_duplicate), arguments.GetValue(_disorder), arguments.GetValue(_irregular));
        var files = arguments.GetValue(_files)!.Select(path => (Path: path, Kind: arguments.GetValue(_kind) ?? KindOf(path))).ToList();
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
        string dataFolder, InstrumentId instrument, ImportPolicy policy, List<(string Path, ArchiveKind Kind)> files, Action<string, double> report, CancellationToken cancellationToken)
    {
        using var data = OpenFolder(dataFolder);
        await using var history = new HistoryImport(HistoryFolderOption.Resolve(data.FullPath), TimeProvider.System);
        await history.OpenAsync(cancellationToken);
        var import = new ArchiveImport(history, instrument, policy, TimeProvider.System);
        List<ImportedFile> imported = [];
        foreach (var (path, kind) in files)
        {
            report(Path.GetFileName(path), (double)imported.Count / files.Count);
            imported.Add(await import.ImportAsync(path, kind, cancellationToken));
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

    private static ArchiveKind KindOf(string path) => ArchiveFile.KindOf(path) ?? throw new BarFileException(
        $"{path}: its first rows are not klines, trades or aggTrades of Binance's archive; --kind says which it is");

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
