using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Audit;

namespace BtcAgent.Cli.Audits;

/// <summary>Shows the newest entries of an audit, without an agent.</summary>
internal sealed class AuditShowCommand : CliCommand
{
    private readonly Option<string> _data = AuditFolderOption.Create();
    private readonly Option<int> _limit = new("--limit") { Description = "entries shown, 1…10,000", DefaultValueFactory = _ => 50 };
    private readonly AuditFilter _filter = new();

    public AuditShowCommand()
        : base("show", "Shows the newest entries of the audit: who did what, when, from where, why, and with which outcome.", "btcagent audit show --data data --action halt")
    {
        Options.Add(_data);
        Options.Add(_limit);
        _filter.AddTo(this);
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit: the range is 1…10,000");
            }
        });
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var folder = AuditFolderOption.Resolve(arguments.GetValue(_data)!);
        var limit = arguments.GetValue(_limit);
        var newest = new Queue<AuditEntry>();
        _filter.ForEach(
            folder,
            arguments,
            (entry, _) =>
            {
                newest.Enqueue(entry);
                if (newest.Count > limit)
                {
                    newest.Dequeue();
                }
            },
            cancellationToken);
        output.Result(new ShownAudit(folder, [.. newest]), console =>
        {
            foreach (var entry in newest)
            {
                console.Profile.Out.Writer.WriteLine(Text(entry));
            }
        });
        return ExitCodes.Ok;
    }

    private static string Text(AuditEntry entry)
    {
        var who = entry.Role is null ? entry.Actor : $"{entry.Actor} ({entry.Role})";
        var change = entry.Before is null && entry.After is null ? "" : $"  {entry.Before ?? "–"} → {entry.After ?? "–"}";
        var where = entry.Address is null ? "" : $"  from {entry.Address}";
        var line = FormattableString.Invariant(
            $"{entry.Sequence,7}  {entry.Time.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}  {who}  {entry.Action} {entry.Subject}  {entry.Outcome.ToString().ToLowerInvariant()}{change}  {entry.Reason}{where}");

        // A changed file could contain what controls a terminal.
        return string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
