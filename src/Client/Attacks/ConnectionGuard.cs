using System.Net;
using Microsoft.AspNetCore.Connections;

namespace BtcAgent.Client.Attacks;

/// <summary>
/// Bounds the unproven connections, those without a right key so far. Always accepts a new one; at the limit it closes the
/// oldest connection of the sender with the most. So a flood of idle or slow connections displaces itself, and the key holder
/// gets in even from the flood's address, as on loopback. Thread-safe.
/// </summary>
internal sealed class ConnectionGuard(int unprovenMax, AttackLog attacks)
{
    private readonly Lock _gate = new();

    /// <summary>Connections of each sender, oldest first; a sender without any has no list.</summary>
    private readonly Dictionary<AddressPrefix, LinkedList<Entry>> _unproven = [];

    private int _count;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var entry = new Entry(connection, AddressPrefix.Of(address), this);
        connection.Features.Set<IProvenConnection>(entry);
        if (Admit(entry) is { } displaced)
        {
            attacks.Saw(AttackKind.ConnectionFlood, (displaced.RemoteEndPoint as IPEndPoint)?.Address);
            displaced.Abort(new ConnectionAbortedException("closed in favour of a newer connection: this one has sent no key"));
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Forget(entry);
        }
    }

    /// <returns>The connection to close in exchange, if any.</returns>
    private ConnectionContext? Admit(Entry entry)
    {
        lock (_gate)
        {
            if (!_unproven.TryGetValue(entry.Sender, out var own))
            {
                _unproven[entry.Sender] = own = [];
            }

            own.AddLast(entry.Node);
            if (++_count <= unprovenMax)
            {
                return null;
            }

            var oldest = _unproven.Values.MaxBy(sender => sender.Count)!.First!.Value;
            Remove(oldest);
            return oldest.Connection;
        }
    }

    private void Forget(Entry entry)
    {
        lock (_gate)
        {
            Remove(entry);
        }
    }

    private void Remove(Entry entry)
    {
        if (entry.Node.List is not { } sender)
        {
            return;
        }

        _count--;
        sender.Remove(entry.Node);
        if (sender.Count == 0)
        {
            _unproven.Remove(entry.Sender);
        }
    }

    private sealed class Entry : IProvenConnection
    {
        private readonly ConnectionGuard _guard;

        public Entry(ConnectionContext connection, AddressPrefix sender, ConnectionGuard guard)
        {
            Connection = connection;
            Sender = sender;
            Node = new LinkedListNode<Entry>(this);
            _guard = guard;
        }

        public ConnectionContext Connection { get; }

        public AddressPrefix Sender { get; }

        public LinkedListNode<Entry> Node { get; }

        public void Prove() => _guard.Forget(this);
    }
}
