using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Reports;
using BtcAgent.Storage.Files;

namespace BtcAgent.Cli.Backtests;

/// <summary>Options for the files of a report.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string?> _report = new("--report") { Description = "file to write the HTML report to, with its figures beside it as .json" };

    private readonly Option<string?> _save = new("--save") { Description = "file to save the whole run to (.json.gz), for 'btcagent report'" };

    private readonly Option<bool> _allRows = AllRows();

    /// <summary>The option of the command for all its files.</summary>
    public OverwriteOption Overwrite { get; } = new();

    /// <summary>Option to write every row into a report's figures.</summary>
    public static Option<bool> AllRows() => new("--all-rows")
    {
        Description = $"write every round trip and fill into the report's .json instead of at most {JsonReport.RowsMax} of each",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_report);
        command.Options.Add(_save);
        command.Options.Add(_allRows);
        Overwrite.AddTo(command);
    }

    /// <summary>Checks the paths before the run whose report they will get.</summary>
    /// <exception cref="UsageException">A file cannot be written, or is not a report.</exception>
    public void Check(ParseResult arguments)
    {
        foreach (var option in new[] { _report, _save })
        {
            if (arguments.GetValue(option) is { } path)
            {
                UsageException.UnlessWritable(option.Name, () => WritablePath.CheckFile(path));
            }
        }

        if (arguments.GetValue(_report) is { } report)
        {
            CheckReport(Overwrite, arguments, _report.Name, report);
        }

        if (arguments.GetValue(_save) is { } run)
        {
            Overwrite.Check(arguments, _save.Name, run, RunFile.IsRun);
        }
    }

    /// <exception cref="UsageException">The page or its figures exist, and are not a report.</exception>
    public static void CheckReport(OverwriteOption overwrite, ParseResult arguments, string option, string path)
    {
        overwrite.Check(arguments, option, path, ReportFiles.IsPage);
        overwrite.Check(arguments, option, ReportFiles.FiguresOf(path), ReportFiles.IsFigures);
    }

    public void Write(ParseResult arguments, ReportContent content)
    {
        if (arguments.GetValue(_report) is { } report)
        {
            ReportFiles.Write(report, content, arguments.GetValue(_allRows));
        }

        if (arguments.GetValue(_save) is { } run)
        {
            RunFile.Write(run, content);
        }
    }
}
