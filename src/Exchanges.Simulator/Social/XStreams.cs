using System.Threading.Channels;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>The open streams; X allows one per app.</summary>
public sealed class XStreams
{
    /// <summary>Lines that wait for a slow client before it is disconnected.</summary>
    private const int QueueMax = 10_000;

    private const int OpenedMax = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _openedAt = new();
    private Channel<byte[]>? _open;
    private Action? _abort;

    internal XStreams()
    {
    }

    /// <summary>Whether one is open.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _open is not null;
            }
        }
    }

    /// <summary>When each of the last 10,000 streams was requested, by the given clock; refused ones included.</summary>
    public IReadOnlyList<DateTimeOffset> RequestedAt
    {
        get
        {
            lock (_lock)
            {
                return [.. _openedAt];
            }
        }
    }

    /// <summary>Sends bytes as they are: a line needs its own end.</summary>
    /// <returns>False when no stream is open.</returns>
    public bool Send(byte[] bytes)
    {
        lock (_lock)
        {
            if (_open is null)
            {
                return false;
            }

            if (!_open.Writer.TryWrite(bytes))
            {
                End();
            }

            return true;
        }
    }

    /// <summary>Sends X's notice of a disconnect for its operations, and closes.</summary>
    public void DisconnectForOperations()
    {
        Send(XNotices.OperationalDisconnect);
        Close();
    }

    /// <summary>Sends X's notice that another stream is open, and closes.</summary>
    public void DisconnectForTooMany()
    {
        Send(XNotices.TooManyConnections);
        Close();
    }

    /// <summary>Ends the answer in order.</summary>
    public void Close()
    {
        lock (_lock)
        {
            End();
        }
    }

    /// <summary>Breaks the connection off.</summary>
    public void BreakOff()
    {
        lock (_lock)
        {
            _abort?.Invoke();
            End();
        }
    }

    internal void Requested(DateTimeOffset now)
    {
        lock (_lock)
        {
            _openedAt.Enqueue(now);
            if (_openedAt.Count > OpenedMax)
            {
                _openedAt.Dequeue();
            }
        }
    }

    /// <summary>Null when one is open.</summary>
    internal ChannelReader<byte[]>? TryOpen(Action abort)
    {
        lock (_lock)
        {
            if (_open is not null)
            {
                return null;
            }

            _open = Channel.CreateBounded<byte[]>(QueueMax);
            _abort = abort;
            return _open.Reader;
        }
    }

    internal void Closed(ChannelReader<byte[]> reader)
    {
        lock (_lock)
        {
            if (_open?.Reader == reader)
            {
                End();
            }
        }
    }

    private void End()
    {
        _open?.Writer.TryComplete();
        (_open, _abort) = (null, null);
    }
}
