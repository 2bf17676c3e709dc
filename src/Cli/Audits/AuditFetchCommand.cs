using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.History.Audit;
using BtcAgent.Storage.Files;

namespace BtcAgent.Cli.Audits;

/// <summary>
/// Copies the audit of a running agent by REST. A day that does not begin with the lines copied before is not replaced: the
/// agent's chain was rewritten.
/// </summary>
internal sealed class AuditFetchCommand : AgentCommand
{
    private readonly Option<string> _out = new("--out") { Description = "folder of the copy; a former copy is continued", Required = true };

    public AuditFetchCommand()
        : base(
            "fetch",
            "Copies the audit of a running agent into a folder for verify, show and export; fails when entries copied before have changed.",
            "btcagent audit fetch --url https://agent.example.org:5080 --key-file risk.key --out audit-copy") => Options.Add(_out);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var folder = arguments.GetValue(_out)!;
        UsageException.UnlessWritable("--out", () => WritablePath.CheckFolder(folder));
        var head = (await agent.GetAsync<AuditPage>("audit?limit=1", cancellationToken)).Head;
        var days = await agent.GetAsync<IReadOnlyList<string>>("audit/days", cancellationToken);
        if (AuditFiles.Days(folder).Except(days).Order(StringComparer.Ordinal).FirstOrDefault() is { } lost)
        {
            throw new AgentException($"the copy has entries of {lost}, and {agent.Name} has none: they were removed, or --out is the copy of another agent", ExitCodes.Failed);
        }

        var added = 0L;
        foreach (var day in days)
        {
            added += await CopyAsync(agent, day, AuditFiles.PathOf(folder, day), cancellationToken);
        }

        output.Answer(
            new FetchedAudit(folder, days.Count, added, head),
            text => text.WriteLine(FormattableString.Invariant(
                $"{days.Count} days in {folder}, {added} bytes new; last entry {head.Sequence} {head.Hash}; check it with: btcagent audit verify --data {folder} --head {head.Hash}")));
        return ExitCodes.Ok;
    }

    /// <returns>Bytes that the copy did not have.</returns>
    private static async Task<long> CopyAsync(AgentClient agent, string day, string path, CancellationToken cancellationToken)
    {
        using var file = new AtomicFile(path);
        await using (var lines = await agent.OpenAsync($"audit/days/{day}", "application/jsonl", cancellationToken))
        {
            await lines.CopyToAsync(file.Stream, cancellationToken);
        }

        var known = File.Exists(path) ? new FileInfo(path).Length : 0;
        if (known > 0 && await FirstDifferenceAsync(path, file.Stream, cancellationToken) is { } line)
        {
            throw new AgentException(
                $"{day}, line {line}: {agent.Name} has another entry than the copy, or none: its audit was rewritten, or --out is the copy of another agent; the copy is unchanged",
                ExitCodes.Failed);
        }

        var length = file.Stream.Length;
        file.Commit();
        return length - known;
    }

    /// <returns>Number of the first line of the copy that the other stream does not have; null if it has all of them.</returns>
    private static async Task<int?> FirstDifferenceAsync(string path, Stream fetched, CancellationToken cancellationToken)
    {
        fetched.Position = 0;
        using var copy = new StreamReader(path);
        using var other = new StreamReader(fetched, leaveOpen: true);
        for (var number = 1; await copy.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (line != await other.ReadLineAsync(cancellationToken))
            {
                return number;
            }
        }

        return null;
    }
}
