using BtcAgent.Domain.Audit;
using BtcAgent.History.Audit;

namespace BtcAgent.Cli.Tests.Audits;

/// <summary>The audit's commands on files, without an agent.</summary>
public sealed class AuditCommandTests : IAsyncLifetime
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-cli-audit-");

    private string Audit => Path.Combine(_folder.FullName, "audit");

    private string Day => AuditFiles.PathOf(Audit, AuditFormat.DayOf(Start));

    public async ValueTask InitializeAsync()
    {
        var folder = new AuditFolder(Audit);
        var head = (await folder.OpenAsync(null, TestContext.Current.CancellationToken)).Head;
        for (var i = 0; i < 10; i++)
        {
            var line = AuditFormat.Write(head, Draft(i), Start + TimeSpan.FromMinutes(i));
            await folder.AppendAsync([line], TestContext.Current.CancellationToken);
            head = new AuditHead(line.Entry.Sequence, line.Entry.Hash, line.Day);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Verify_WholeChain_SaysSoWithTheLastHash()
    {
        var (code, output, _) = Run("audit", "verify", "--data", _folder.FullName);

        Assert.Equal(0, code);
        Assert.Contains("10 entries of 1 days, 0 faults", output, StringComparison.Ordinal);
        Assert.Contains(AuditFiles.ReadHead(Audit)!.Hash, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ChangedEntry_NamesItAndFails()
    {
        File.WriteAllText(Day, File.ReadAllText(Day).Replace("reason 6", "reason 5", StringComparison.Ordinal));
        var (code, output, _) = Run("audit", "verify", "--data", _folder.FullName);

        Assert.Equal(1, code);
        Assert.Contains("line 7: entry 7 was changed", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_HashNotedBeforeARewrite_IsMissed()
    {
        Assert.Equal(0, Run("audit", "verify", "--data", Audit, "--head", AuditFiles.ReadHead(Audit)!.Hash).Code);
        var (code, output, _) = Run("audit", "verify", "--data", Audit, "--head", new string('a', 64));

        Assert.Equal(1, code);
        Assert.Contains("was rewritten", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_CopyWithoutItsRecord_PassesAndSaysItsLimit()
    {
        File.Delete(Path.Combine(Audit, "head"));
        var (code, output, _) = Run("audit", "verify", "--data", Audit);

        Assert.Equal(0, code);
        Assert.Contains("the end was not checked: without the file 'head', missing entries at the end cannot be found", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("audit")]
    public void Verify_FolderOfAnAgentWithoutItsRecord_Fails(string below)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "state.db"), "");
        Assert.Equal(0, Run("audit", "verify", "--data", Path.Combine(_folder.FullName, below)).Code);
        File.Delete(Path.Combine(Audit, "head"));
        var (code, output, _) = Run("audit", "verify", "--data", Path.Combine(_folder.FullName, below));

        Assert.Equal(1, code);
        Assert.Contains("head', the record of the last entry, is missing or damaged: entries may be missing at the end", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_NoAudit_SaysWhereItLooked()
    {
        var (code, _, error) = Run("audit", "verify", "--data", Path.Combine(_folder.FullName, "none"));

        Assert.Equal(2, code);
        Assert.Contains("none", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_Filtered_PrintsTheNewestOnes()
    {
        var (code, output, _) = Run("audit", "show", "--data", _folder.FullName, "--actor", "ada", "--limit", "2");

        Assert.Equal(0, code);
        Assert.Equal(2, output.Trim().Split('\n').Length);
        Assert.Contains("reason 8", output, StringComparison.Ordinal);
        Assert.DoesNotContain("reason 9", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_Table_QuotesAndDefusesFormulas()
    {
        var file = Path.Combine(_folder.FullName, "out.csv");
        Assert.Equal(0, Run("audit", "export", "--data", _folder.FullName, "--out", file).Code);

        var rows = File.ReadAllLines(file);
        Assert.Equal(11, rows.Length);
        Assert.Contains("'=1+1", rows[1], StringComparison.Ordinal);
        var (code, _, error) = Run("audit", "export", "--data", _folder.FullName, "--out", Day);
        Assert.Equal(2, code);
        Assert.Contains("exists: name a new file", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_Lines_VerifyByThemselves()
    {
        var file = Path.Combine(_folder.FullName, "copy", Path.GetFileName(Day));
        Assert.Equal(0, Run("audit", "export", "--data", _folder.FullName, "--out", file).Code);

        Assert.Equal(File.ReadAllBytes(Day), File.ReadAllBytes(file));
        Assert.Equal(0, Run("audit", "verify", "--data", Path.GetDirectoryName(file)!).Code);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandTree.Invoke(arguments, new() { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private static AuditDraft Draft(int number) => new()
    {
        Id = "1",
        Kind = AuditKind.Operator,
        Actor = number % 2 == 0 ? "ada" : "bob",
        Action = "halt",
        Subject = number == 0 ? "=1+1" : "main",
        Reason = $"reason {number}",
        Outcome = AuditOutcome.Done,
    };
}
