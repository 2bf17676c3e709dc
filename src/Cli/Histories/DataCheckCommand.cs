using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.History.Queries;
using Spectre.Console;

namespace BtcAgent.Cli.Histories;

/// <summary>Checks hashes, rows and columns of all files.</summary>
internal sealed class DataCheckCommand : CliCommand
{
    private readonly Option<string> _data = HistoryFolderOption.Create();

    public DataCheckCommand()
        : base(
            "check",
            "Checks hash, rows and columns of each file of the history and names those that are damaged; exit code 1 if there are any.",
            "btcagent data check --data data") => Options.Add(_data);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var folder = HistoryFolderOption.Resolve(arguments.GetValue(_data)!);
        var files = HistoryFiles.ReadAsync(folder, cancellationToken).GetAwaiter().GetResult();
        var all = files.Readable.SelectMany(dataset => files.ManifestOf(dataset).Files).ToList();
        var problems = output.WithProgress(report => HistoryCheck.RunAsync(
            files, files.Datasets, new CountProgress(count => report("checking", count / (double)all.Count)), cancellationToken).GetAwaiter().GetResult());
        var result = new CheckedHistory(folder, all.Count, all.Sum(file => file.Rows), problems);
        output.Result(result, console =>
        {
            foreach (var problem in problems)
            {
                console.WriteLine(TerminalText.Of(problem));
            }

            console.WriteLine(FormattableString.Invariant($"{result.Files} files, {result.Rows} rows, {problems.Count} damaged"));
        });
        return problems.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <summary>Reports on the caller's thread.</summary>
    private sealed class CountProgress(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
