using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Silo.Settings;

/// <summary>Ports on 127.0.0.1.</summary>
internal static class LoopbackPorts
{
    /// <exception cref="StartupException">The port is taken; the message says how to choose another.</exception>
    public static void EnsureFree(int port, string remedy = "start with --port N")
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new StartupException(
                $"port {port} on 127.0.0.1 cannot be used ({e.SocketErrorCode}): stop what listens there, or {remedy}", e);
        }
    }

    /// <summary>Ports that were free a moment ago, all different.</summary>
    public static int[] FindFree(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }
}
