using System.Buffers;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Exchanges.Simulator.Orders;
using BtcAgent.Exchanges.Simulator.Streams;

namespace BtcAgent.Exchanges.Simulator.WebSocketApi;

/// <summary>Sends account events to the subscribers, wrapped as by the WebSocket API.</summary>
internal sealed class UserDataHub(VenueFaults faults, Func<long> nowMs) : IUserEventSink
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private int _lastId = -1;

    public int Subscriptions
    {
        get
        {
            lock (_lock)
            {
                return _subscriptions.Count;
            }
        }
    }

    public int Subscribe(VenueAccount account, StreamConnection connection)
    {
        lock (_lock)
        {
            _subscriptions.Add(new Subscription(++_lastId, account, connection));
            return _lastId;
        }
    }

    public void Unsubscribe(StreamConnection connection)
    {
        lock (_lock)
        {
            _subscriptions.RemoveAll(s => s.Connection == connection);
        }
    }

    /// <summary>Cuts every connection that carries user data.</summary>
    public void DropAll()
    {
        lock (_lock)
        {
            _subscriptions.ForEach(s => s.Connection.Drop());
            _subscriptions.Clear();
        }
    }

    /// <summary>Announces the end of the streams, as the venue does before it closes them.</summary>
    public void Terminate()
    {
        lock (_lock)
        {
            foreach (var subscription in _subscriptions)
            {
                subscription.Connection.Answer(Wrapped(subscription.Id, json =>
                {
                    json.WriteString("e", "eventStreamTerminated");
                    json.WriteNumber("E", nowMs());
                }));
            }
        }
    }

    /// <summary>Announces the server's shutdown; the documentation wraps it in <c>event</c> alone.</summary>
    public static byte[] ServerShutdown(long timeMs) => TradingApi.Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("event");
        VenueMessages.ServerShutdown(json, timeMs);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public void Order(VenueAccount account, AccountOrder order, OrderEvent happened)
    {
        Send(account, json => Report(json, order, happened));
        faults.OnStep?.Invoke(OrderStep.EventSent, order.ClientOrderId);
    }

    public void Balances(VenueAccount account, params ReadOnlySpan<string> assets)
    {
        var changed = assets.ToArray();
        Send(account, json =>
        {
            json.WriteString("e", "outboundAccountPosition");
            json.WriteNumber("E", nowMs());
            json.WriteNumber("u", nowMs());
            json.WriteStartArray("B");
            foreach (var (asset, free, locked) in account.Balances.Where(b => changed.Contains(b.Asset)))
            {
                json.WriteStartObject();
                json.WriteString("a", asset);
                json.WriteString("f", VenueMessages.Text(free));
                json.WriteString("l", VenueMessages.Text(locked));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    public void Transfer(VenueAccount account, string asset, decimal amount) => Send(account, json =>
    {
        json.WriteString("e", "balanceUpdate");
        json.WriteNumber("E", nowMs());
        json.WriteString("a", asset);
        json.WriteString("d", VenueMessages.Text(amount));
        json.WriteNumber("T", nowMs());
    });

    public void List(VenueAccount account, OrderList list, bool isRenamed = false) => Send(account, json =>
    {
        json.WriteString("e", "listStatus");
        json.WriteNumber("E", nowMs());
        json.WriteString("s", list.Symbol);
        json.WriteNumber("g", list.Id);
        json.WriteString("c", list.Contingency);
        json.WriteString("l", isRenamed ? "UPDATED" : list.IsDone ? "ALL_DONE" : "EXEC_STARTED");
        json.WriteString("L", list.IsDone ? "ALL_DONE" : "EXECUTING");
        json.WriteString("r", "NONE");
        json.WriteString("C", list.ClientListId);
        json.WriteNumber("T", nowMs());
        json.WriteStartArray("O");
        foreach (var order in new[] { list.First, list.Second })
        {
            json.WriteStartObject();
            json.WriteString("s", order.Symbol);
            json.WriteNumber("i", order.OrderId);
            json.WriteString("c", order.ClientOrderId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private void Report(Utf8JsonWriter json, AccountOrder order, OrderEvent happened)
    {
        var trade = happened.Trade;
        json.WriteString("e", "executionReport");
        json.WriteNumber("E", nowMs());
        json.WriteString("s", order.Symbol);
        json.WriteString("c", happened.CancelId ?? order.ClientOrderId);
        json.WriteString("S", OrderJson.Word(order.Side));
        json.WriteString("o", order.Type);
        json.WriteString("f", order.Request.TimeInForce);
        json.WriteString("q", VenueMessages.Text(order.Quantity));
        json.WriteString("p", VenueMessages.Text(order.Limit ?? Price.Zero));
        json.WriteString("P", VenueMessages.Text(order.Request.StopPrice ?? Price.Zero));
        if (order.Request.TrailingDelta is { } delta)
        {
            json.WriteNumber("d", delta);
        }

        json.WriteString("F", VenueMessages.Text(order.Request.IcebergQuantity ?? Quantity.Zero));
        json.WriteNumber("g", order.ListId);

        // Documented for cancels only. Other answers to an amendment name the previous id origClientOrderId.
        json.WriteString("C", happened.CancelId is null ? happened.AmendedFrom ?? "" : order.ClientOrderId);
        json.WriteString("x", happened.Type);
        json.WriteString("X", order.Status);
        json.WriteString("r", "NONE");
        json.WriteNumber("i", order.OrderId);
        json.WriteString("l", VenueMessages.Text(trade?.Quantity ?? Quantity.Zero));
        json.WriteString("z", VenueMessages.Text(order.Executed));
        json.WriteString("L", VenueMessages.Text(trade?.Price ?? Price.Zero));
        json.WriteString("n", trade is null ? "0" : VenueMessages.Text(trade.Commission));
        json.WriteString("N", trade?.CommissionAsset);
        json.WriteNumber("T", order.UpdatedMs);
        json.WriteNumber("t", trade?.Id ?? -1);
        json.WriteNumber("I", order.ExecutionId);
        json.WriteBoolean("w", order.IsWorking);
        json.WriteBoolean("m", trade?.IsMaker ?? false);
        json.WriteBoolean("M", trade is not null);
        json.WriteNumber("O", order.TimeMs);
        json.WriteString("Z", VenueMessages.Text(order.CumulativeQuote));
        json.WriteString("Y", VenueMessages.Text(trade is null ? 0 : trade.Price.Times(trade.Quantity)));
        json.WriteString("Q", "0.00000000");
        json.WriteNumber("W", order.WorkingMs);
        json.WriteString("V", order.Request.SelfTradePrevention);
        if (happened.Prevented is { } match)
        {
            Prevented(json, order, match);
        }

        if (order.ExpiryReason is { } reason)
        {
            json.WriteString("eR", reason);
        }
    }

    private static void Prevented(Utf8JsonWriter json, AccountOrder order, PreventedMatch match)
    {
        json.WriteNumber("v", match.Id);
        json.WriteString("A", VenueMessages.Text(order.Prevented));
        json.WriteString("B", VenueMessages.Text(match.LostBy(order.OrderId)));
        json.WriteNumber("u", -1);
        json.WriteNumber("U", match.CounterOf(order.OrderId));
        json.WriteString("Cs", match.Symbol);
        json.WriteString("pl", VenueMessages.Text(match.Quantity));
        json.WriteString("pL", VenueMessages.Text(match.Price));
        json.WriteString("pY", VenueMessages.Text(match.Price.Times(match.Quantity)));
    }

    private void Send(VenueAccount account, Action<Utf8JsonWriter> fields)
    {
        if (faults.IsUserDataSilent)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var subscription in _subscriptions.Where(s => s.Account == account))
            {
                Send(subscription, Wrapped(subscription.Id, fields));
            }
        }
    }

    private void Send(Subscription subscription, byte[] message)
    {
        if (subscription.HeldBack is null && faults.HoldsEventBack())
        {
            subscription.HeldBack = message;
            return;
        }

        subscription.Connection.Answer(message);
        if (faults.RepeatsEvent())
        {
            subscription.Connection.Answer(message);
        }

        if (subscription.HeldBack is { } late)
        {
            subscription.HeldBack = null;
            subscription.Connection.Answer(late);
        }
    }

    private static byte[] Wrapped(int id, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("subscriptionId", id);
            json.WriteStartObject("event");
            fields(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private sealed record Subscription(int Id, VenueAccount Account, StreamConnection Connection)
    {
        public byte[]? HeldBack { get; set; }
    }
}
