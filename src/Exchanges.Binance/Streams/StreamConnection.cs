using System.Net.WebSockets;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>One WebSocket with its receive buffer, which every message uses again; gives whole messages.</summary>
internal sealed class StreamConnection : IDisposable
{
    /// <summary>Longest message that is taken: no stream frame comes near it.</summary>
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

    /// <summary>The last whole message; valid until the next receive.</summary>
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

    /// <summary>Reads one whole message into <see cref="Frame"/>; false when the venue closes.</summary>
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
