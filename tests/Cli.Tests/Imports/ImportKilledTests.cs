using System.Diagnostics;
using System.Globalization;
using System.Text;
using BtcAgent.History.Files;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Imports;

public sealed class ImportKilledTests : IDisposable
{
    private const int Trades = 450_000;
    private const long Start = 1_704_067_200_000;

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_KilledAfterEachStoredPart_EndsWithEachTradeOnce()
    {
        var csv = Archive();
        var kills = 0;
        for (var known = 0; ; known = Files())
        {
            using var import = Run(csv);
            var before = known;
            await Eventually.TrueAsync("a part is stored", () => Task.FromResult(import.HasExited || Files() > before), TimeSpan.FromSeconds(60));

            import.Kill(); // SIGKILL; does nothing to a process that has ended.
            await import.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (import.ExitCode == 0)
            {
                break;
            }

            kills++;
        }

        Assert.True(kills > 0, "the import ended before it could be killed");
        Assert.Equal((Trades, Quantities(), Trades * 6_000_000_000_000L), _folder.Trades());
        Assert.Equal((0, Trades), (_folder.Import(csv) is var again ? again.Stored : -1, again.Known));
    }

    private int Files()
    {
        var path = Path.Combine(_folder.Data, "history", Manifest.KeyOf("trades"));
        return File.Exists(path) ? Manifest.Read(Manifest.KeyOf("trades"), File.ReadAllBytes(path)).Files.Count : 0;
    }

    private Process Run(string csv) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "btcagent.dll"), "data", "import", csv, "--into", _folder.Data])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private string Archive()
    {
        var csv = new StringBuilder();
        for (var i = 0; i < Trades; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i + 1},60000,0.0000{i % 9_999 + 1:D4},0,{Start + i},true,true\n");
        }

        return _folder.Write("trades.csv", csv.ToString());
    }

    private static long Quantities() => Enumerable.Range(0, Trades).Sum(i => (i % 9_999) + 1L);
}
