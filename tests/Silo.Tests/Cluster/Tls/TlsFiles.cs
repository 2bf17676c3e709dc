using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Cluster.Tls;

/// <summary>Settings that name the files of an authority.</summary>
internal static class TlsFiles
{
    public static ClusterTlsOptions Issue(this TestAuthority authority, string folder, string name, double validDays = 1)
    {
        authority.WriteTo(folder, name, validDays);
        return In(folder);
    }

    public static ClusterTlsOptions In(string folder) => new()
    {
        Certificate = Path.Combine(folder, "tls.crt"),
        Key = Path.Combine(folder, "tls.key"),
        Authority = Path.Combine(folder, "ca.crt"),
    };
}
