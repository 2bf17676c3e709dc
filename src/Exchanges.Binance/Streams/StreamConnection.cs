using System.Net.WebSockets;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>One WebSocket that reads complete messages into a reused receive buffer.</summary>
internal sealed class StreamConnection : IDisposable
{
    /// <summary>Longest message that is accepted; stream frames are far shorter.</summary>
    public const int FrameBytesMax = 4 * 1024 * 1024;

    private const int StartBufferSize = 64 * 1024;
    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[StartBufferSize];
    private int _length;

    private StreamConnection(TimeSpan keepAlive)
    {
        _socket.Options.KeepAliveInterval = keepAlive;
        _socket.Options.KeepAliveTimeout = keepAlive;
    }

    /// <summary>The last complete message; valid until the next receive.</summary>
    public ReadOnlySpan<byte> Frame => _buffer.AsSpan(0, _length);

    public static async Task<StreamConnection> OpenAsync(
        Uri address, TimeSpan keepAlive, WeightBudget budget, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new StreamConnection(keepAlive);
        try
        {
            await Handshake.ConnectAsync(connection._socket, address, budget, time, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads one complete message into <see cref="Frame"/>; returns false when the venue closes.</summary>
    public async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        _length = 0;
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            var result = await _socket.ReceiveAsync(_buffer.AsMemory(_length), cancellationToken);
            _length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }

            if (result.EndOfMessage)
            {
                return true;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Grow()
    {
        if (_length >= FrameBytesMax)
        {
            throw new WebSocketException($"a frame is longer than {FrameBytesMax} bytes");
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
