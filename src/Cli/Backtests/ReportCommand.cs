using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Reports;
using Spectre.Console;

namespace BtcAgent.Cli.Backtests;

/// <summary>Writes the report of a saved run.</summary>
internal sealed class ReportCommand : CliCommand
{
    private readonly Argument<string> _run = new("run") { Description = "file that --save wrote" };

    private readonly Option<string> _out = new("--out") { Description = "HTML file to write, with its figures beside it as .json", Required = true };

    private readonly Option<bool> _allRows = ReportOptions.AllRows();
    private readonly OverwriteOption _overwrite = new();

    public ReportCommand()
        : base("report", "Writes the HTML and JSON report of a run that was saved with --save.", "btcagent report run.json.gz --out run.html")
    {
        Arguments.Add(_run);
        Options.Add(_out);
        Options.Add(_allRows);
        _overwrite.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(_run)!;
        if (!File.Exists(path))
        {
            throw new UsageException($"there is no file '{path}'");
        }

        var file = arguments.GetValue(_out)!;
        ReportOptions.CheckReport(_overwrite, arguments, "--out", file);
        var content = RunFile.Read(path);
        ReportFiles.Write(file, content, arguments.GetValue(_allRows));
        output.Result(new WrittenReport(file, content.Verdict), console => console.WriteLine(content.Verdict.Headline()));
        return ExitCodes.Ok;
    }
}
