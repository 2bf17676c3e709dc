using System.CommandLine;
using BtcAgent.Research.Reports;

namespace BtcAgent.Cli.Backtests;

/// <summary>The options by which commands are told where a report goes.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string?> _report = new("--report") { Description = "file to write the HTML report to; its figures go beside it as .json" };

    private readonly Option<string?> _save = new("--save") { Description = "file to keep the whole run in (.json.gz), for 'btcagent report'" };

    public void AddTo(Command command)
    {
        command.Options.Add(_report);
        command.Options.Add(_save);
    }

    public void Write(ParseResult arguments, ReportContent content)
    {
        if (arguments.GetValue(_report) is { } report)
        {
            ReportFiles.Write(report, content);
        }

        if (arguments.GetValue(_save) is { } run)
        {
            RunFile.Write(run, content);
        }
    }
}
