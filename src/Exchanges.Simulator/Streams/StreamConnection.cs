using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace BtcAgent.Exchanges.Simulator.Streams;

/// <summary>One client's WebSocket: its subscriptions and its send queue. A full queue ends the connection.</summary>
internal sealed class StreamConnection(WebSocket socket, bool combined, int queueMax)
{
    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(queueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _dropped = new();

    /// <summary>Address of the peer.</summary>
    public IPAddress? From { get; init; }

    /// <summary>Whether the server's shutdown was announced on it.</summary>
    public bool IsShutdownAnnounced { get; set; }

    public ConcurrentDictionary<string, byte> Topics { get; } = new(StringComparer.Ordinal);

    /// <summary>Cancelled when the peer reads too slowly: a send to it might never complete.</summary>
    public CancellationToken Dropped => _dropped.Token;

    /// <summary>Returns false, and drops the connection, when the queue is full.</summary>
    public bool TrySend(string topic, byte[] payload)
    {
        if (_queue.Writer.TryWrite(combined ? Wrap(topic, payload) : payload))
        {
            return true;
        }

        // The peer does not read: it would never answer a close handshake.
        Drop();
        return false;
    }

    /// <summary>Queues an answer to a request; a full queue ends the connection as in <see cref="TrySend"/>.</summary>
    public void Answer(byte[] payload)
    {
        if (!_queue.Writer.TryWrite(payload))
        {
            Drop();
        }
    }

    /// <summary>Ends the connection without a close handshake.</summary>
    public void Drop()
    {
        _queue.Writer.TryComplete();
        _ = _dropped.CancelAsync();
    }

    public void Close() => _queue.Writer.TryComplete();

    /// <summary>Sends until closed.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
    }

    private static byte[] Wrap(string topic, byte[] payload)
    {
        var head = Encoding.ASCII.GetBytes($"{{\"stream\":\"{topic}\",\"data\":");
        return [.. head, .. payload, (byte)'}'];
    }
}
