using System.CommandLine;
using System.Globalization;
using System.Text;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Reports;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Reports;
using BtcAgent.Research.Training;
using BtcAgent.Storage.Files;

namespace BtcAgent.Cli.Optimizing;

/// <summary>Searches the settings of a model, judges the winner, and writes its artefact if it passes.</summary>
internal sealed class OptimizeCommand : CliCommand
{
    private readonly TimeProvider _time;
    private readonly MarketInput _input = new();
    private readonly SearchChoice _choice = new();
    private readonly BenchmarkChoice _benchmark = new();

    private readonly Option<string?> _store = new("--store") { Description = "file of the trials; default searches/NAME-SEED.jsonl" };

    private readonly Option<bool> _resume = new("--resume") { Description = "continue the search of --store; without it, an existing file is refused" };

    private readonly Option<string?> _out = new("--out") { Description = "folder to write the artefact to, if the winner passes" };

    private readonly Option<string?> _report = new("--report") { Description = "file to write the HTML report to" };

    private readonly OverwriteOption _overwrite = new();

    public OptimizeCommand(TimeProvider time)
        : base(
            "optimize",
            "Searches label, forest, features and entry of a model by walk-forward after costs, and judges the winner on time that the search never saw. "
            + "Writes a model only if it passes; otherwise says why and ends with exit code 1.",
            """
            btcagent optimize --bars btc-2017.csv btc-2018.csv --trials 100 --out models/found --report search.html
              btcagent optimize --bars btc-2018.csv --time 45m --jobs 2 --store found.jsonl --resume
              btcagent optimize --print-space > space.json && btcagent optimize --bars btc-2018.csv --space space.json
              btcagent optimize --benchmark
            """)
    {
        _time = time;
        Aliases.Add("optimise");
        _input.AddTo(this);
        _choice.AddTo(this);
        foreach (var option in new Option[] { _store, _resume, _out, _report })
        {
            Options.Add(option);
        }

        _benchmark.AddTo(this);
        _overwrite.AddTo(this);
    }

    protected override string WhenInterrupted => "finished trials are kept: continue with --resume";

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_choice.PrintSpace))
        {
            output.Line(ForestSpace.Default.ToJson().TrimEnd(), space => space);
            return ExitCodes.Ok;
        }

        if (_benchmark.IsAsked(arguments))
        {
            return _benchmark.Run(arguments, output, cancellationToken);
        }

        if (_input.Given(arguments) != 1)
        {
            throw new UsageException("no data to search on: give either --bars or --tape");
        }

        var plan = _choice.PlanOf(arguments);
        CheckPaths(arguments);
        var (outcome, model) = output.WithProgress(report => Search(arguments, plan, output, report, cancellationToken));
        var summary = OptimizeSummary.Of(outcome, model?.Artefact?.Id, model is null ? null : arguments.GetValue(_out));
        output.Result(summary, console => OptimizeTable.Write(console, outcome, summary));
        return outcome.Passes ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private (SearchOutcome Outcome, TrainingRun? Model) Search(
        ParseResult arguments, SearchPlan plan, CommandOutput output, Action<string, double> report, CancellationToken cancellationToken)
    {
        const double Reading = 0.05;
        const double Searching = 0.9;
        var path = StoreOf(arguments);
        using var store = StoreAt(path, arguments.GetValue(_resume));
        var (data, source, audit) = _input.Read(arguments, output, (what, share) => report(what, Reading * share), cancellationToken);
        var openings = new UntouchedOpenings(
            Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, UntouchedOpenings.FileName), _time);
        var outcome = Refused(() => new ForestSearch(data, plan, _choice.SamplerOf(arguments), openings, store, _time).Run(
            new Progress<StudyProgress>(p => report(p.Describe(), Reading + ((Searching - Reading) * Share(p)))), cancellationToken));
        foreach (var note in outcome.Study.Notes)
        {
            output.Remark(note);
        }

        if (arguments.GetValue(_report) is { } page)
        {
            AtomicFile.WriteAllBytes(page, Encoding.UTF8.GetBytes(SearchReport.Render(new SearchReportContent(plan, outcome, source))));
        }

        if (!outcome.Passes || arguments.GetValue(_out) is not { } folder)
        {
            return (outcome, null);
        }

        var model = WinnerTraining.Run(
            data, plan, outcome, source, audit, new Progress<TrainingStep>(s => report(s.What, Searching + ((1 - Searching) * s.Share))), cancellationToken);
        AtomicFolder.Write(folder, model.Artefact!.Files());
        return (outcome, model);
    }

    private string StoreOf(ParseResult arguments) => arguments.GetValue(_store) ?? Path.Combine(
        "searches", string.Create(CultureInfo.InvariantCulture, $"{_choice.NameOf(arguments)}-{_choice.SeedOf(arguments)}.jsonl"));

    private void CheckPaths(ParseResult arguments)
    {
        if (arguments.GetValue(_out) is { } folder)
        {
            UsageException.UnlessWritable("--out", () => WritablePath.CheckFolder(folder));
            _overwrite.Check(arguments, "--out", folder, ModelArtefact.IsAlone);
        }

        if (arguments.GetValue(_report) is { } page)
        {
            UsageException.UnlessWritable("--report", () => WritablePath.CheckFile(page));
            _overwrite.Check(arguments, "--report", page, ReportFiles.IsPage);
        }
    }

    private static TrialStoreFile StoreAt(string path, bool resume) => Refused(() => TrialStoreFile.Open(path, resume));

    /// <summary>A store of another search, or one in use, is wrong usage.</summary>
    private static T Refused<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (TrialStoreException e)
        {
            throw new UsageException($"--store: {e.Message}");
        }
    }

    private static double Share(StudyProgress p) =>
        p.Left <= TimeSpan.Zero ? 1 : p.Elapsed / (p.Elapsed + p.Left);

    /// <summary>Reports at once, by the thread that made the progress.</summary>
    private sealed class Progress<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
