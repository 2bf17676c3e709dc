namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>X's notices inside a stream, as lines. Source: X, "Handling disconnections".</summary>
internal static class XNotices
{
    public static byte[] OperationalDisconnect { get; } = Line(
        """{"errors":[{"title":"operational-disconnect","disconnect_type":"UpstreamOperationalDisconnect","detail":"This stream has been disconnected upstream for operational reasons.","type":"https://api.twitter.com/2/problems/operational-disconnect"}]}""");

    public static byte[] TooManyConnections { get; } = Line(
        """{"errors":[{"title":"ConnectionException","detail":"This stream is currently at the maximum allowed connection limit.","connection_issue":"TooManyConnections","type":"https://api.twitter.com/2/problems/streaming-connection"}]}""");

    public static byte[] KeepAlive { get; } = "\r\n"u8.ToArray();

    private static byte[] Line(string json) => System.Text.Encoding.UTF8.GetBytes(json + "\r\n");
}
