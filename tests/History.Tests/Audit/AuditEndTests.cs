using BtcAgent.Domain;
using BtcAgent.Domain.Audit;
using BtcAgent.History.Audit;

namespace BtcAgent.History.Tests.Audit;

/// <summary>The end of the audit against its own record and against the agent's state.</summary>
public sealed class AuditEndTests : IDisposable
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-audit-end-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Day => AuditFiles.PathOf(_folder.FullName, AuditFormat.DayOf(Start));

    private string HeadFile => Path.Combine(_folder.FullName, "head");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Open_RecordAndLastEntriesDeleted_IsFoundAndKeptAndStaysVisible()
    {
        var known = await WriteAsync(AuditHead.Genesis, 10);
        File.Delete(HeadFile);
        Cut(3);
        var found = await File.ReadAllBytesAsync(Day, Cancelled);
        var audit = new AuditFolder(_folder.FullName);

        var opening = await audit.OpenAsync(known, Cancelled);

        Assert.StartsWith("entries 8 to 10 are missing at the end; the files as they were found are kept in '", opening.Damage, StringComparison.Ordinal);
        Assert.Equal(known, opening.Head);
        var last = await WriteAsync(opening.Head, 2);
        var kept = Path.Combine(_folder.FullName, "damaged-before-11");
        Assert.Equal(found, await File.ReadAllBytesAsync(Path.Combine(kept, Path.GetFileName(Day)), Cancelled));
        Assert.False(File.Exists(Path.Combine(kept, "head")));
        Assert.Equal("entries 8 to 10 are missing before entry 11", Assert.Single(Verify().Faults).Problem);
        Assert.Null((await audit.OpenAsync(last, Cancelled)).Damage);
    }

    [Fact]
    public async Task Open_RecordDeleted_IsDamage()
    {
        var known = await WriteAsync(AuditHead.Genesis, 10);
        File.Delete(HeadFile);
        var opening = await new AuditFolder(_folder.FullName).OpenAsync(known, Cancelled);

        Assert.StartsWith("the record of the last entry is missing or damaged; the entries end with 10;", opening.Damage, StringComparison.Ordinal);
        Assert.Equal(known, opening.Head);
    }

    [Fact]
    public async Task Open_RecordOverwritten_IsKept()
    {
        var known = await WriteAsync(AuditHead.Genesis, 10);
        await File.WriteAllTextAsync(HeadFile, "rubbish", Cancelled);
        var audit = new AuditFolder(_folder.FullName);
        await WriteAsync((await audit.OpenAsync(known, Cancelled)).Head, 1);

        Assert.Equal("rubbish", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "damaged-before-11", "head"), Cancelled));
        Assert.Equal(11, AuditFiles.ReadHead(_folder.FullName)?.Sequence);
    }

    [Fact]
    public async Task Open_AllFilesDeleted_ContinuesFromTheKnownEntry()
    {
        var known = await WriteAsync(AuditHead.Genesis, 10);
        File.Delete(HeadFile);
        File.Delete(Day);
        var audit = new AuditFolder(_folder.FullName);
        var opening = await audit.OpenAsync(known, Cancelled);

        Assert.StartsWith("entries 1 to 10 are missing at the end; '", opening.Damage, StringComparison.Ordinal);
        await WriteAsync(opening.Head, 1);
        Assert.Equal("entries 1 to 10 are missing before entry 11", Assert.Single(Verify().Faults).Problem);
    }

    [Fact]
    public async Task Open_WholeChainWrittenAgain_IsFoundByTheKnownHash()
    {
        var known = await WriteAsync(AuditHead.Genesis, 10);
        File.Delete(Day);
        await WriteAsync(AuditHead.Genesis, 12, "another reason");
        Assert.Equal(0, Verify().FaultCount); // The forged chain is whole, and its record fits.

        var opening = await new AuditFolder(_folder.FullName).OpenAsync(known, Cancelled);
        Assert.StartsWith("entry 10 was replaced: it has the hash ", opening.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_StateOfAnOlderBackup_IsNoDamage()
    {
        var known = await WriteAsync(AuditHead.Genesis, 4);
        var last = await WriteAsync(known, 6);
        var opening = await new AuditFolder(_folder.FullName).OpenAsync(known, Cancelled);

        Assert.Null(opening.Damage);
        Assert.Equal(last, opening.Head);
    }

    [Fact]
    public async Task Open_NewFolder_WritesTheRecordThatIsNeverMissingAgain()
    {
        var audit = new AuditFolder(_folder.FullName);
        Assert.Null((await audit.OpenAsync(null, Cancelled)).Damage);
        Assert.Equal(0, AuditFiles.ReadHead(_folder.FullName)?.Sequence);
        Assert.Null((await audit.OpenAsync(null, Cancelled)).Damage);
        await WriteAsync(AuditHead.Genesis, 1);
        File.Delete(HeadFile);
        Assert.NotNull((await audit.OpenAsync(null, Cancelled)).Damage);
    }

    [Fact]
    public async Task Inspect_ChangedEntry_IsStatedOnce()
    {
        var last = await WriteAsync(AuditHead.Genesis, 10);
        await File.WriteAllTextAsync(Day, (await File.ReadAllTextAsync(Day, Cancelled)).Replace("reason 4", "reason x", StringComparison.Ordinal), Cancelled);

        var found = AuditInspection.Of(_folder.FullName, Cancelled);
        Assert.StartsWith($"{AuditFormat.DayOf(Start)}, line 5: entry 5 was changed", found.First, StringComparison.Ordinal);
        Assert.False(found.IsStated);

        var line = AuditFormat.Write(last, Draft(found.First!) with { Action = AuditEnd.DamagedAction }, Start);
        await new AuditFolder(_folder.FullName).AppendAsync([line], Cancelled);
        Assert.Equal(found with { IsStated = true }, AuditInspection.Of(_folder.FullName, Cancelled));
    }

    private AuditVerifier Verify() => AuditFiles.Verify(_folder.FullName, _ => { }, Cancelled);

    private void Cut(int lines) => File.WriteAllText(Day, string.Concat(File.ReadAllLines(Day)[..^lines].Select(line => line + "\n")));

    private async Task<AuditHead> WriteAsync(AuditHead head, int count, string reason = "reason")
    {
        List<AuditLine> lines = [];
        for (var i = 0; i < count; i++)
        {
            lines.Add(AuditFormat.Write(head, Draft($"{reason} {i}"), Start));
            head = new AuditHead(lines[^1].Entry.Sequence, lines[^1].Entry.Hash, lines[^1].Day);
        }

        await new AuditFolder(_folder.FullName).AppendAsync(lines, Cancelled);
        return head;
    }

    private static AuditDraft Draft(string reason) =>
        new() { Id = "1", Kind = AuditKind.Operator, Actor = "ada", Action = "halt", Subject = "main", Reason = reason, Outcome = AuditOutcome.Done };
}
