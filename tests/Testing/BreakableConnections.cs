using System.Collections.Concurrent;
using System.Net.Sockets;

namespace BtcAgent.Testing;

/// <summary>A handler whose connections a test breaks, and whose target it moves.</summary>
public sealed class BreakableConnections : IDisposable
{
    private readonly ConcurrentBag<Socket> _open = [];

    public BreakableConnections(Uri target)
    {
        Target = target;
        Handler = new SocketsHttpHandler { ConnectCallback = async (_, cancellationToken) => await ConnectAsync(cancellationToken) };
    }

    /// <summary>Where new connections lead.</summary>
    public Uri Target { get; set; }

    public SocketsHttpHandler Handler { get; }

    /// <summary>Connections made so far.</summary>
    public int Made { get; private set; }

    /// <summary>Resets every open connection.</summary>
    public void Break()
    {
        while (_open.TryTake(out var socket))
        {
            socket.Close(timeout: 0);
        }
    }

    public void Dispose()
    {
        Break();
        Handler.Dispose();
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Target.Host, Target.Port, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _open.Add(socket);
        Made++;
        return new NetworkStream(socket, ownsSocket: true);
    }
}
