using System.CommandLine;
using System.Text;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Audit;
using BtcAgent.Storage.Files;

namespace BtcAgent.Cli.Audits;

/// <summary>Exports entries of an audit to one file, without an agent.</summary>
internal sealed class AuditExportCommand : CliCommand
{
    private static readonly string[] Columns =
        ["sequence", "time", "kind", "actor", "role", "address", "action", "subject", "reason", "before", "after", "outcome", "previous", "hash"];

    private readonly Option<string> _data = AuditFolderOption.Create();
    private readonly Option<string> _out = new("--out") { Description = "the file to write: .csv for a table, any other ending for the stored lines", Required = true };
    private readonly AuditFilter _filter = new();

    public AuditExportCommand()
        : base("export", "Exports entries of the audit to one file: as a table, or as the stored lines.", "btcagent audit export --data data --from 2026-11-01 --out audit.csv")
    {
        Options.Add(_data);
        Options.Add(_out);
        _filter.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var folder = AuditFolderOption.Resolve(arguments.GetValue(_data)!);
        var path = arguments.GetValue(_out)!;
        if (Path.Exists(path))
        {
            throw new UsageException($"'{path}' exists: name a new file with --out");
        }

        var isTable = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        var count = 0L;
        using (var file = new AtomicFile(path))
        {
            if (isTable)
            {
                Write(file.Stream, Encoding.UTF8.GetBytes(string.Join(',', Columns)));
            }

            _filter.ForEach(
                folder,
                arguments,
                (entry, line) =>
                {
                    Write(file.Stream, isTable ? Encoding.UTF8.GetBytes(Row(entry)) : line);
                    count++;
                },
                cancellationToken);
            file.Commit();
        }

        output.Result(new ExportedAudit(path, count), console => console.Profile.Out.Writer.WriteLine(FormattableString.Invariant($"{count} entries in {path}")));
        return ExitCodes.Ok;
    }

    private static void Write(Stream stream, ReadOnlySpan<byte> line)
    {
        stream.Write(line);
        stream.WriteByte((byte)'\n');
    }

    private static string Row(AuditEntry entry) => string.Join(',', new[]
    {
        FormattableString.Invariant($"{entry.Sequence}"), $"{entry.Time}", entry.Kind.ToString().ToLowerInvariant(), entry.Actor, entry.Role, entry.Address,
        entry.Action, entry.Subject, entry.Reason, entry.Before, entry.After, entry.Outcome.ToString().ToLowerInvariant(), entry.Previous, entry.Hash,
    }.Select(Cell));

    /// <summary>Quotes a cell; a text that a spreadsheet would run as a formula gets an apostrophe.</summary>
    private static string Cell(string? text)
    {
        var value = text is [('=' or '+' or '-' or '@' or '\t' or '\r'), ..] ? "'" + text : text ?? "";
        return value.AsSpan().ContainsAny(",\"\n\r") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }
}
