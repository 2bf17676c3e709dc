using System.Net;
using BtcAgent.Silo.Cluster.Tls;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Silo.Tests.Cluster.Tls;

public sealed class HandshakeLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLog _lines = new();
    private readonly HandshakeLog _log;

    public HandshakeLogTests() => _log = new HandshakeLog(new ClusterTlsOptions(), _time, _lines);

    [Fact]
    public void Refused_AThousandTimesAMinute_WritesOneLineAMinuteWithTheNumber()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Refuse("10.0.0.1", "the peer sent no certificate");
        }

        Assert.Single(_lines.Lines);
        _time.Advance(TimeSpan.FromSeconds(61));
        Refuse("10.0.0.1", "the peer sent no certificate");

        Assert.Equal(2, _lines.Lines.Count);
        Assert.EndsWith("(1000 since the last such line)", _lines.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_AnotherAddressOrReason_IsSaidAtOnce()
    {
        Refuse("10.0.0.1", "no certificate");
        Refuse("10.0.0.2", "no certificate");
        Refuse("10.0.0.2", "too late");

        Assert.Equal(3, _lines.Lines.Count);
    }

    [Fact]
    public void Refused_FromMoreAddressesThanAreKept_StaysBounded()
    {
        for (var i = 0; i < 20 * HandshakeLog.KindsMax; i++)
        {
            Refuse(new IPAddress(i).ToString(), "no certificate");
        }

        Assert.InRange(_lines.Lines.Count, HandshakeLog.KindsMax, HandshakeLog.KindsMax + 1);
    }

    private void Refuse(string address, string reason) => _log.Refused(
        TlsRole.Accepting, new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1_234) }, reason);
}
