using System.Collections.Immutable;
using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Alerts.Delivery;

/// <summary>Carries the messages of the alert book through the channels, and pings the dead man's receiver. Thread-safe.</summary>
public sealed class AlertCourier : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DeliveryOutcome> _settled = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ChannelWorker> _workers;
    private readonly WatchdogPing _watchdog;
    private readonly TimeProvider _time;
    private readonly TimeSpan _aliveFor;
    private long? _beatAt;

    /// <param name="channels">The channels.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives problems, without secrets.</param>
    public AlertCourier(IEnumerable<IAlertChannel> channels, AlertOptions options, TimeProvider time, ILogger logger)
    {
        _time = time;
        _workers =
        [
            .. channels.Select(channel => new ChannelWorker(
                channel,
                TimeSpan.FromSeconds(options.Channels[channel.Name].TimeoutSeconds),
                TimeSpan.FromHours(options.ProbeHours),
                Settle,
                time,
                logger)),
        ];
        _watchdog = new WatchdogPing(options.Watchdog, time, logger);
        _aliveFor = TimeSpan.FromSeconds(Math.Max(options.Watchdog.IntervalSeconds, 5 * options.EvaluateSeconds));
    }

    public ImmutableArray<ChannelHealth> Channels => [.. _workers.Select(worker => worker.Health)];

    public WatchdogHealth Watchdog => _watchdog.Health;

    /// <summary>Messages that have ended, until <see cref="Offer"/> no longer has them.</summary>
    public ImmutableArray<DeliveryOutcome> Settled
    {
        get
        {
            lock (_gate)
            {
                return [.. _settled.Values];
            }
        }
    }

    /// <summary>Runs every channel until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        _workers.Select(worker => worker.RunAsync(cancellationToken)).Append(_watchdog.RunAsync(IsAlive, cancellationToken)));

    /// <summary>Records that the rules were evaluated.</summary>
    public void Beat()
    {
        lock (_gate)
        {
            _beatAt = _time.GetTimestamp();
        }
    }

    /// <summary>Takes every message of the book that has not ended there.</summary>
    public void Offer(ImmutableArray<AlertDelivery> outbox)
    {
        ImmutableArray<AlertDelivery> open;
        lock (_gate)
        {
            foreach (var forgotten in _settled.Keys.Except(outbox.Select(delivery => delivery.Id)).ToList())
            {
                _settled.Remove(forgotten);
            }

            open = [.. outbox.Where(delivery => !_settled.ContainsKey(delivery.Id))];
        }

        foreach (var delivery in open)
        {
            if (_workers.FirstOrDefault(worker => worker.Name == delivery.Channel) is { } worker)
            {
                worker.Offer(delivery);
            }
            else
            {
                Settle(new DeliveryOutcome(delivery.Id, delivery.Channel, "the channel is not in the settings any more"));
            }
        }
    }

    public void Dispose() => _watchdog.Dispose();

    private void Settle(DeliveryOutcome outcome)
    {
        lock (_gate)
        {
            _settled[outcome.Id] = outcome;
        }
    }

    private bool IsAlive()
    {
        lock (_gate)
        {
            return _beatAt is { } at && _time.GetElapsedTime(at) <= _aliveFor;
        }
    }
}
