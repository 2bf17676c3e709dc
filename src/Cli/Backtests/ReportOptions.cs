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
    }

    /// <summary>Checks the paths before the run whose report they will get.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Check(ParseResult arguments)
    {
        foreach (var option in new[] { _report, _save })
        {
            if (arguments.GetValue(option) is { } path)
            {
                UsageException.UnlessWritable(option.Name, () => WritablePath.CheckFile(path));
            }
        }
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
