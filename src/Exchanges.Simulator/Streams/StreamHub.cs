using System.Collections.Concurrent;

namespace BtcAgent.Exchanges.Simulator.Streams;

/// <summary>Hands each message to the connections that listen to its stream.</summary>
internal sealed class StreamHub
{
    private const string ShutdownTopic = "!serverShutdown";

    private readonly ConcurrentDictionary<StreamConnection, byte> _connections = new();
    private long _overflows;

    public int Connections => _connections.Count;

    /// <summary>Connections dropped because they read too slowly.</summary>
    public long Overflows => Interlocked.Read(ref _overflows);

    public void Add(StreamConnection connection) => _connections[connection] = 0;

    public void Remove(StreamConnection connection)
    {
        _connections.TryRemove(connection, out _);
        connection.Close();
    }

    public void CloseAll()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Close();
        }
    }

    /// <summary>Tells every connection that the server shuts down.</summary>
    public void AnnounceShutdown(byte[] payload)
    {
        foreach (var connection in _connections.Keys)
        {
            connection.IsToldToLeave = true;
            connection.TrySend(ShutdownTopic, payload);
        }
    }

    /// <summary>Closes those that were told before; later ones stay.</summary>
    public void CloseTold()
    {
        foreach (var connection in _connections.Keys.Where(c => c.IsToldToLeave))
        {
            connection.Close();
        }
    }

    public bool HasListeners(string topic)
    {
        foreach (var (connection, _) in _connections)
        {
            if (connection.Topics.ContainsKey(topic))
            {
                return true;
            }
        }

        return false;
    }

    public void Publish(string topic, byte[] payload)
    {
        foreach (var (connection, _) in _connections)
        {
            if (connection.Topics.ContainsKey(topic) && !connection.TrySend(topic, payload))
            {
                Interlocked.Increment(ref _overflows);
                _connections.TryRemove(connection, out _);
            }
        }
    }
}
