using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// Relays connections from the address of a bridge to the same port on 127.0.0.1. The server sees the loopback address
/// that represents the node the connection came from.
/// </summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<IPAddress, IPAddress> _seenAs;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    public TcpRelay(IPAddress address, int port, Func<IPAddress, IPAddress> seenAs)
    {
        _seenAs = seenAs;
        _listener = new TcpListener(address, port);
        _listener.Start();
        _accepting = AcceptAsync(port);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync(int port)
    {
        while (true)
        {
            var socket = await _listener.AcceptSocketAsync(_stopping.Token);
            _ = CarryAsync(socket, port);
        }
    }

    private async Task CarryAsync(Socket node, int port)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (node)
        {
            try
            {
                node.NoDelay = server.NoDelay = true;
                server.Bind(new IPEndPoint(_seenAs(((IPEndPoint)node.RemoteEndPoint!).Address), 0));
                await server.ConnectAsync(IPAddress.Loopback, port, _stopping.Token);
                await Task.WhenAny(CopyAsync(node, server), CopyAsync(server, node));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The server is unreachable or the relay ends: the connection ends too, as it would without a relay.
                node.Close(timeout: 0);
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and var count)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stopping.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side closed: the caller closes the other.
            return;
        }
    }
}
