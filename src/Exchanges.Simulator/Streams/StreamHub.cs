using System.Collections.Concurrent;

namespace BtcAgent.Exchanges.Simulator.Streams;

/// <summary>Distributes each message to the connections that subscribe to its stream.</summary>
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

    /// <summary>Announces the server's shutdown on every connection.</summary>
    public void AnnounceShutdown(byte[] payload)
    {
        foreach (var connection in _connections.Keys)
        {
            connection.IsShutdownAnnounced = true;
            connection.TrySend(ShutdownTopic, payload);
        }
    }

    /// <summary>Closes the connections on which a shutdown was announced; later ones remain.</summary>
    public void CloseAnnounced()
    {
        foreach (var connection in _connections.Keys.Where(c => c.IsShutdownAnnounced))
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
