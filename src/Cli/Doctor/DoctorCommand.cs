using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Silo.Doctor;

namespace BtcAgent.Cli.Doctor;

/// <summary>Examines an agent by its command line.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private readonly AgentCommandLine _agent = new();
    private readonly Option<bool> _problems = new("--problems") { Description = "only warnings and problems" };

    public DoctorCommand()
        : base(
            "doctor",
            "Examines an agent, before its start or while it runs: settings, data folder, disk, memory, port, clock, the venue's key, servers, "
                + "certificates, backups, state, history. Says how to correct each problem; exit code 1 if there are any.",
            "btcagent doctor -- --venue binance-live --data live")
    {
        _agent.AddTo(this);
        Options.Add(_problems);
    }

    protected override string WhenInterrupted => "nothing was changed";

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (agent, folder) = _agent.Read(arguments);
        var found = AgentDoctor.ExamineAsync(agent, folder, TimeProvider.System, cancellationToken).GetAwaiter().GetResult();
        var examination = new Examination(Count(found, FindingGrade.Problem), Count(found, FindingGrade.Warning), found);
        output.Answer(examination, text => Write(text, examination, arguments.GetValue(_problems)));
        return examination.Problems == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static int Count(IEnumerable<Finding> findings, FindingGrade grade) => findings.Count(finding => finding.Grade == grade);

    private static void Write(TextWriter text, Examination examination, bool onlyProblems)
    {
        foreach (var finding in examination.Findings.Where(finding => !onlyProblems || finding.Grade != FindingGrade.Ok))
        {
            var grade = finding.Grade switch { FindingGrade.Ok => "ok", FindingGrade.Warning => "WARNING", _ => "PROBLEM" };
            text.WriteLine(SafeText.Of($"{grade,-8} {finding.Check,-18} {finding.Text}"));
            if (finding.Remedy is { } remedy)
            {
                text.WriteLine(SafeText.Of($"{"",-27} → {remedy}"));
            }
        }

        text.WriteLine($"{examination.Problems} problem{(examination.Problems == 1 ? "" : "s")}, {examination.Warnings} warning{(examination.Warnings == 1 ? "" : "s")}");
    }
}
