using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BtcAgent.Cli.Tests.Agents;
using BtcAgent.Testing;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Cli.Tests.Doctor;

/// <summary>Faults that are planted around an agent, each found by the name of its check, with what to do.</summary>
public sealed class DoctorTests : IDisposable
{
    /// <summary>A port on which nothing listens, and below those that are given out.</summary>
    private const string Nowhere = "127.0.0.1:1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-doctor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Doctor_PlantedFaults_FindsEachByName()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the modes of files are those of Unix");
        await using var venue = await AgentDouble.StartAsync(AnswerAsVenueAsync);
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        PlantInFolder();

        var run = CommandRun.Of(["doctor", "--json", "--", .. Arguments(venue.Url.Port, ((IPEndPoint)stranger.LocalEndpoint).Port)]).Expect(1);

        var found = run.Json.GetProperty("findings").EnumerateArray()
            .Select(finding => (
                Check: finding.GetProperty("check").GetString()!,
                Grade: finding.GetProperty("grade").GetString()!,
                Text: finding.GetProperty("text").GetString()!,
                Remedy: finding.GetProperty("remedy").GetString()))
            .ToLookup(finding => finding.Check);
        foreach (var (check, grade, text) in new[]
        {
            ("settings", "problem", "did you mean Agent:Limits:MaxSpreadBps?"),
            ("data-folder-mode", "problem", "other users can read the operator key"),
            ("part-files", "warning", "models.zip.1.1.part"),
            ("port", "problem", "cannot be used (AddressAlreadyInUse)"),
            ("clock", "problem", "the venue's clock is +3"),
            ("venue-key", "problem", "the key may not trade spot"),
            ("venue-key-withdraw", "problem", "the key may withdraw"),
            ("venue-key-address", "warning", "the key works from every address"),
            ("venue-key-expiry", "problem", "the key's right to trade ended at 2020-01-01"),
            ("timescale", "problem", "does not answer"),
            ("kafka", "problem", "no Kafka broker answers at 127.0.0.1:1"),
            ("redis", "problem", "Redis"),
            ("influx", "problem", "does not answer"),
            ("s3-history", "problem", Nowhere),
            ("certificate-cluster", "problem", "tls.crt expired at"),
            ("backup", "problem", "the newest backup"),
            ("state", "problem", "is damaged or not a BtcAgent database"),
        })
        {
            var finding = Assert.Single(found[check], each => each.Text.Contains(text, StringComparison.Ordinal));
            Assert.Equal(grade, finding.Grade);
            Assert.False(string.IsNullOrEmpty(finding.Remedy), check);
        }

        Assert.DoesNotContain("hidden", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_DamagedRecords_AreFoundByName()
    {
        Directory.CreateDirectory(In("facts/agent_events"));
        File.WriteAllText(In("facts/log-name"), "local-test");
        File.WriteAllText(In("facts/agent_events/00000000000000000007.facts"), "");
        Directory.CreateDirectory(In("history/dataset=trades"));
        File.WriteAllText(In("history/dataset=trades/manifest.json"), "{");
        Directory.CreateDirectory(In("audit"));
        File.WriteAllText(In("audit/2026-11-29.jsonl"), "this is no entry\n");

        var run = CommandRun.Of("doctor", "--problems", "--", "--data", _folder.FullName, "--port", "0").Expect(1);

        Assert.Contains("PROBLEM  facts              1 damages in the log of facts: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("has 0 bytes, less than its header: the facts from offset 7 to ", run.Output, StringComparison.Ordinal);
        Assert.Contains("PROBLEM  history            1 damaged: 'dataset=trades/manifest.json' is damaged", run.Output, StringComparison.Ordinal);

        Assert.Contains("PROBLEM  audit              the record of the last entry in '", run.Output, StringComparison.Ordinal);

        File.WriteAllText(In("audit/head"), $"{0:D19} {new string('0', 64)} 2026-11-29\n");
        File.Delete(In("facts/log-name"));
        Assert.Contains(
            "PROBLEM  audit              1 faults of the audit, the first in 2026-11-29: the line is not an entry",
            CommandRun.Of("doctor", "--problems", "--", "--data", _folder.FullName, "--port", "0").Expect(1).Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "log-name' is missing beside its log", CommandRun.Of("doctor", "--problems", "--", "--data", _folder.FullName, "--port", "0").Expect(1).Output, StringComparison.Ordinal);
    }

    /// <summary>Each value is in its range, but not beside the others.</summary>
    [Theory]
    [InlineData("Agent:Strategies:0:Portfolio=nowhere", "nowhere")]
    [InlineData("Agent:Strategies:0:Parameters:fats=1", "fats")]
    [InlineData("Gateway:KnownProxies:0=proxy", "Gateway:KnownProxies")]
    public void Doctor_SettingsThatContradictEachOther_AreFound(string setting, string expected)
    {
        var run = CommandRun.Of("doctor", "--problems", "--", "--data", _folder.FullName, "--port", "0", "--set", setting).Expect(1);

        Assert.Contains("PROBLEM  settings           ", run.Output, StringComparison.Ordinal);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent.example.org", 25, "PROBLEM  certificate-gateway", "is not for 'agent.example.org'")]
    [InlineData(TestAuthority.DnsName, -1, "PROBLEM  certificate-gateway", "expired at")]
    [InlineData(TestAuthority.DnsName, 3, "WARNING  certificate-gateway", "expires at")]
    [InlineData(TestAuthority.DnsName, 25, "ok       certificate-gateway", "is valid until")]
    public void Doctor_CertificateOfTheGateway_IsComparedWithItsHostsAndTheClock(string host, double validDays, string check, string expected)
    {
        using var authority = new TestAuthority("gateway");
        authority.WriteTo(In("tls"), "gateway", validDays);

        var run = CommandRun.Of(
            "doctor", "--", "--data", _folder.FullName, "--port", "0", "--set", "Gateway:Tls:Mode=Own", "--set", $"Gateway:Tls:Certificate={In("tls/tls.crt")}",
            "--set", $"Gateway:Tls:Key={In("tls/tls.key")}", "--set", $"Gateway:AllowedHosts:0={host}");

        var line = Assert.Single(run.Output.Split('\n'), line => line.Contains("certificate-gateway", StringComparison.Ordinal));
        Assert.StartsWith(check, line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_ListensBeyondThisMachineWithoutTls_Warns()
    {
        string[] agent = ["doctor", "--", "--data", _folder.FullName, "--port", "0", "--listen", "0.0.0.0"];

        Assert.Contains("WARNING  gateway-tls        the gateway listens on 0.0.0.0 without TLS", CommandRun.Of(agent).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("gateway-tls", CommandRun.Of([.. agent, "--set", "Gateway:KnownProxies:0=10.0.0.1"]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("gateway-tls ", CommandRun.Of([.. agent, "--set", "Gateway:Tls:Mode=Generated"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_WrongCommandLine_IsAFinding()
    {
        var run = CommandRun.Of("doctor", "--", "--venue", "nowhere").Expect(1);

        Assert.Contains("PROBLEM  command-line       unknown venue 'nowhere'", run.Output, StringComparison.Ordinal);
        Assert.Contains("→ correct the arguments after --", run.Output, StringComparison.Ordinal);
        Assert.Contains("--agent-folder: there is no folder 'nowhere'", CommandRun.Of("doctor", "--agent-folder", "nowhere").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_BeforeTheFirstStart_WarnsOfTheFolderOnly()
    {
        var run = CommandRun.Of("doctor", "--problems", "--", "--data", Path.Combine(_folder.FullName, "new"), "--port", "0");

        Assert.Contains("WARNING  data-folder        '", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ok  ", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "new")));
    }

    [Fact]
    public void Doctor_DataFolderIsAFile_IsAProblem()
    {
        File.WriteAllText(In("file"), "");
        var run = CommandRun.Of("doctor", "--problems", "--", "--data", In("file"), "--port", "0").Expect(1);

        Assert.Contains($"PROBLEM  data-folder        '{In("file")}' is not a folder", run.Output, StringComparison.Ordinal);
    }

    private static Task AnswerAsVenueAsync(HttpContext context)
    {
        var later = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return AgentDouble.Answer(200, context.Request.Path.Value switch
        {
            "/api/v3/time" => $$"""{"serverTime":{{later}}}""",
            "/sapi/v1/account/apiRestrictions" => """
                {"ipRestrict":false,"enableReading":true,"enableWithdrawals":true,"enableSpotAndMarginTrading":false,"tradingAuthorityExpirationTime":1577836800000}
                """,
            _ => "{}",
        })(context);
    }

    private void PlantInFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(In("operator.key"), "hidden-key");
        File.SetUnixFileMode(In("operator.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.WriteAllText(In("state.db"), "this is not a database, but long enough to look like a file of one");
        File.WriteAllText(In("journal.db"), "neither is this");
        File.WriteAllText(In("models.zip.1.1.part"), "half");
        File.SetLastWriteTimeUtc(In("models.zip.1.1.part"), DateTime.UtcNow.AddDays(-2));
        Directory.CreateDirectory(In("backups"));
        File.WriteAllText(In("backups/btcagent-20260101T000000.000Z.backup"), "old");
        using var authority = new TestAuthority("cluster");
        authority.WriteTo(In("tls"), "silo", validDays: -3);
    }

    private IEnumerable<string> Arguments(int venue, int port)
    {
        string[] settings =
        [
            $"Binance:RestBaseAddress=http://127.0.0.1:{venue}", "BinanceTrading:ApiKey=hidden-api", "BinanceTrading:SecretKey=hidden-secret",
            "Agent:Limits:MaxSpredBps=5", "History:Timescale:ConnectionString=Host=127.0.0.1;Port=1;Database=d;Username=u;Password=hidden-password",
            $"Kafka:BootstrapServers={Nowhere}", $"History:Redis:Connection={Nowhere},password=hidden-password", $"History:Influx:Url=http://{Nowhere}",
            "History:Influx:Database=d", "History:Parquet:Store:Kind=S3", $"History:Parquet:Store:Endpoint=http://{Nowhere}", "History:Parquet:Store:Bucket=b",
            "History:Parquet:Store:AccessKey=a", "History:Parquet:Store:RetriesMax=0", "History:Parquet:Store:SecretKey=hidden-secret",
            $"Cluster:Tls:Certificate={In("tls/tls.crt")}", $"Cluster:Tls:Key={In("tls/tls.key")}", $"Cluster:Tls:Authority={In("tls/ca.crt")}",
        ];
        return ["--venue", "binance-live", "--data", _folder.FullName, "--port", $"{port}", .. settings.SelectMany(setting => new[] { "--set", setting })];
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
