using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// One authority and one certificate for all processes of this test run: drills trade an account, so they need TLS.
/// </summary>
internal static class DrillCertificates
{
    private static readonly Lazy<string> Folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-drill-tls-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        using var authority = new TestAuthority("drill authority");
        authority.WriteTo(folder, "btcagent");
        return folder;
    });

    public static IEnumerable<KeyValuePair<string, string>> Settings() =>
    [
        new("Cluster__Tls__Certificate", Path.Combine(Folder.Value, "tls.crt")),
        new("Cluster__Tls__Key", Path.Combine(Folder.Value, "tls.key")),
        new("Cluster__Tls__Authority", Path.Combine(Folder.Value, "ca.crt")),
    ];
}
