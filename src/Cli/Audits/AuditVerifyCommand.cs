using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Audit;
using BtcAgent.History.Audit;

namespace BtcAgent.Cli.Audits;

/// <summary>Verifies the chain of an audit, without an agent.</summary>
internal sealed class AuditVerifyCommand : CliCommand
{
    private const int ShownMax = 50;

    private readonly Option<string> _data = AuditFolderOption.Create();
    private readonly Option<string?> _known = new("--head")
    {
        Description = "a hash noted earlier: some entry must have it, otherwise the chain was rewritten",
    };

    private readonly TimeProvider _time;

    public AuditVerifyCommand(TimeProvider time)
        : base(
            "verify",
            "Verifies the audit: no entry was changed, removed, added or moved. Names each place where one was; exit code 1 if there is any.",
            "btcagent audit verify --data data")
    {
        _time = time;
        Options.Add(_data);
        Options.Add(_known);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var folder = AuditFolderOption.Resolve(arguments.GetValue(_data)!);
        var began = _time.GetTimestamp();
        var verified = output.WithProgress(report => AuditFiles.Verify(folder, day => report($"verifying {day}", 0), cancellationToken));
        var faults = verified.Faults.ToList();
        if (arguments.GetValue(_known) is { } known && !HasHash(folder, known, cancellationToken))
        {
            faults.Insert(0, new AuditFault("", 0, 0, $"no entry has the hash {known}: the chain was rewritten since it was noted"));
        }

        var hasHead = AuditFiles.ReadHead(folder) is not null;
        if (!hasHead && AuditFolderOption.IsOfAnAgent(folder))
        {
            faults.Insert(0, new AuditFault("", 0, verified.Last.Sequence + 1, $"'{Path.Combine(folder, "head")}', the record of the last entry, is missing or damaged: entries may be missing at the end"));
        }

        var result = new VerifiedAudit(
            folder,
            hasHead,
            AuditFiles.Days(folder).Count,
            verified.Entries,
            verified.Last.Sequence,
            verified.Last.Hash,
            _time.GetElapsedTime(began).TotalSeconds,
            verified.FaultCount + faults.Count - verified.Faults.Count,
            faults);
        output.Result(result, console =>
        {
            foreach (var fault in faults.Take(ShownMax))
            {
                console.Profile.Out.Writer.WriteLine(TerminalText.Of(fault.Line > 0 ? FormattableString.Invariant($"{fault.Day}, line {fault.Line}: {fault.Problem}")
                    : fault.Day.Length > 0 ? $"{fault.Day}: {fault.Problem}" : fault.Problem));
            }

            if (!hasHead)
            {
                console.Profile.Out.Writer.WriteLine("the end was not checked: without the file 'head', missing entries at the end cannot be found; give the last hash that you know with --head");
            }

            console.Profile.Out.Writer.WriteLine(FormattableString.Invariant(
                $"{result.Entries} entries of {result.Days} days, {result.FaultCount} faults, {result.Seconds:F1} s; last entry {result.LastSequence} {result.LastHash}"));
        });
        return result.FaultCount == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static bool HasHash(string folder, string known, CancellationToken cancellationToken)
    {
        var found = false;
        foreach (var day in AuditFiles.Days(folder))
        {
            AuditFiles.ForEachLine(
                AuditFiles.PathOf(folder, day),
                line => found |= AuditFormat.TryReadPlace(line, out _, out _, out var hash) && hash.Equals(known, StringComparison.OrdinalIgnoreCase),
                cancellationToken);
        }

        return found;
    }
}
