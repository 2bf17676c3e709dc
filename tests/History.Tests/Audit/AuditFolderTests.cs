using System.Text;
using BtcAgent.Domain;
using BtcAgent.Domain.Audit;
using BtcAgent.History.Audit;

namespace BtcAgent.History.Tests.Audit;

/// <summary>The files of the audit: what is written, read back, and found after a crash or a change.</summary>
public sealed class AuditFolderTests : IDisposable
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-audit-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string File0 => AuditFiles.PathOf(_folder.FullName, AuditFormat.DayOf(Start));

    private string HeadFile => Path.Combine(_folder.FullName, "head");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Append_OverTwoDays_IsReadBackNewestFirstAndVerifies()
    {
        var audit = new AuditFolder(_folder.FullName);
        var head = await WriteAsync(audit, (await audit.OpenAsync(null, Cancelled)).Head, 300, TimeSpan.FromMinutes(10));

        var page = await audit.ReadAsync(long.MaxValue, 100, Cancelled);
        Assert.Equal(Enumerable.Range(201, 100).Reverse(), page.Select(entry => (int)entry.Sequence));
        Assert.Equal(Enumerable.Range(101, 100).Reverse(), (await audit.ReadAsync(201, 100, Cancelled)).Select(entry => (int)entry.Sequence));
        Assert.Equal(3, (await audit.DaysAsync(Cancelled)).Count);
        Assert.Equal(await System.IO.File.ReadAllBytesAsync(File0, Cancelled), await audit.ExportAsync(AuditFormat.DayOf(Start), Cancelled));
        Assert.Empty(await audit.ExportAsync("../../etc/passwd", Cancelled));
        Assert.Equal(head, AuditFiles.ReadHead(_folder.FullName));
        var verified = AuditFiles.Verify(_folder.FullName, _ => { }, Cancelled);
        Assert.Equal((300L, 0L), (verified.Entries, verified.FaultCount));
    }

    [Fact]
    public async Task Open_AfterARestart_ContinuesTheChain()
    {
        var first = new AuditFolder(_folder.FullName);
        var head = await WriteAsync(first, (await first.OpenAsync(null, Cancelled)).Head, 5);
        var second = new AuditFolder(_folder.FullName);

        Assert.Equal(head, (await second.OpenAsync(null, Cancelled)).Head);
        await WriteAsync(second, head, 5);
        Assert.Equal((10L, 0L), Verify());
    }

    [Fact]
    public async Task Open_AfterACrashWithinALine_RemovesTheUnacknowledgedPart()
    {
        var audit = new AuditFolder(_folder.FullName);
        var head = await WriteAsync(audit, (await audit.OpenAsync(null, Cancelled)).Head, 5);
        await System.IO.File.AppendAllTextAsync(File0, "{\"previous\":\"", Cancelled);

        Assert.Equal(head, (await audit.OpenAsync(null, Cancelled)).Head);
        await WriteAsync(audit, head, 1);
        Assert.Equal((6L, 0L), Verify());
    }

    [Fact]
    public async Task Open_AfterACrashBeforeTheHead_ContinuesFromTheLastLine()
    {
        var audit = new AuditFolder(_folder.FullName);
        var early = await WriteAsync(audit, (await audit.OpenAsync(null, Cancelled)).Head, 4);
        var recorded = await System.IO.File.ReadAllBytesAsync(HeadFile, Cancelled);
        var late = await WriteAsync(audit, early, 1);
        await System.IO.File.WriteAllBytesAsync(HeadFile, recorded, Cancelled);

        Assert.Equal(late, (await audit.OpenAsync(null, Cancelled)).Head);
        await WriteAsync(audit, late, 1);
        Assert.Equal((6L, 0L), Verify());
    }

    [Theory]
    [InlineData(1, "entry 10 is missing")]
    [InlineData(3, "entries 8 to 10 are missing")]
    public async Task Open_AfterTheTailWasCutOff_ContinuesAndTheGapStaysVisible(int removed, string problem)
    {
        var audit = new AuditFolder(_folder.FullName);
        await WriteAsync(audit, (await audit.OpenAsync(null, Cancelled)).Head, 10);
        var lines = await System.IO.File.ReadAllLinesAsync(File0, Cancelled);
        await System.IO.File.WriteAllTextAsync(File0, string.Concat(lines[..^removed].Select(line => line + "\n")), Cancelled);
        Assert.Equal($"{problem} at the end", Assert.Single(AuditFiles.Verify(_folder.FullName, _ => { }, Cancelled).Faults).Problem);

        var head = (await audit.OpenAsync(null, Cancelled)).Head;
        Assert.Equal(10, head.Sequence);
        await WriteAsync(audit, head, 2);
        Assert.Equal($"{problem} before entry 11", Assert.Single(AuditFiles.Verify(_folder.FullName, _ => { }, Cancelled).Faults).Problem);
    }

    [Fact]
    public async Task Open_WithAnAcknowledgedEntryCutInHalf_KeepsTheRestAsEvidence()
    {
        var audit = new AuditFolder(_folder.FullName);
        await WriteAsync(audit, (await audit.OpenAsync(null, Cancelled)).Head, 10);
        using (var file = System.IO.File.OpenWrite(File0))
        {
            file.SetLength(file.Length - 40);
        }

        await WriteAsync(audit, (await audit.OpenAsync(null, Cancelled)).Head, 1);
        var fault = Assert.Single(AuditFiles.Verify(_folder.FullName, _ => { }, Cancelled).Faults);
        Assert.Equal((10, 10), (fault.Sequence, fault.Line));
    }

    [Fact]
    public async Task Verify_ByteFlippedToALineBreak_IsLocated()
    {
        var audit = new AuditFolder(_folder.FullName);
        await WriteAsync(audit, (await audit.OpenAsync(null, Cancelled)).Head, 10);
        var bytes = await System.IO.File.ReadAllBytesAsync(File0, Cancelled);
        bytes[^500] = (byte)'\n';
        await System.IO.File.WriteAllBytesAsync(File0, bytes, Cancelled);

        var faults = AuditFiles.Verify(_folder.FullName, _ => { }, Cancelled).Faults;
        Assert.All(faults, fault => Assert.InRange(fault.Sequence, 8, 10));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public async Task Append_FolderNotWritable_ThrowsAndLaterContinues()
    {
        var audit = new AuditFolder(_folder.FullName);
        var head = await WriteAsync(audit, (await audit.OpenAsync(null, Cancelled)).Head, 2);
        var line = AuditFormat.Write(head, Draft(), Start + TimeSpan.FromDays(1));
        Directory.CreateDirectory(AuditFiles.PathOf(_folder.FullName, line.Day)); // In the way of the file.
        await Assert.ThrowsAnyAsync<Exception>(() => audit.AppendAsync([line], Cancelled));
        Directory.Delete(AuditFiles.PathOf(_folder.FullName, line.Day));

        Assert.Equal(head, (await audit.OpenAsync(null, Cancelled)).Head);
        await audit.AppendAsync([line], Cancelled);
        Assert.Equal((3L, 0L), Verify());
    }

    private (long Entries, long Faults) Verify()
    {
        var verified = AuditFiles.Verify(_folder.FullName, _ => { }, Cancelled);
        return (verified.Entries, verified.FaultCount);
    }

    private static async Task<AuditHead> WriteAsync(AuditFolder audit, AuditHead head, int count, TimeSpan? every = null)
    {
        var lines = new List<AuditLine>();
        for (var i = 0; i < count; i++)
        {
            var line = AuditFormat.Write(head, Draft(), Start + ((every ?? TimeSpan.Zero) * i));
            lines.Add(line);
            head = new AuditHead(line.Entry.Sequence, line.Entry.Hash, line.Day);
        }

        await audit.AppendAsync(lines, Cancelled);
        return head;
    }

    private static AuditDraft Draft() => new()
    {
        Id = "1",
        Kind = AuditKind.Operator,
        Actor = "ada",
        Action = "halt",
        Subject = "main",
        Reason = Encoding.UTF8.GetString("a drill"u8),
        Outcome = AuditOutcome.Done,
    };
}
