using System.Collections.Immutable;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Engine;

/// <summary>
/// The alerts over time. Pure: the same calls with the same times give the same messages.
/// <list type="number">
/// <item>An alert fires once its condition has held for long enough, and ends when its source no longer reports the condition. A source
/// that does not know leaves it unchanged.</item>
/// <item>Messages are made by <see cref="Advance"/> alone, and kept until they are settled.</item>
/// <item>A channel hears of each firing alert once, of its end once if it heard of its beginning, and again after the repeat interval until
/// somebody acknowledges it.</item>
/// <item>A restored book continues: it neither repeats a message nor forgets one.</item>
/// </list>
/// </summary>
public sealed class AlertBook
{
    /// <summary>Ended alerts are listed this long.</summary>
    public static readonly TimeSpan ResolvedKept = TimeSpan.FromHours(24);

    /// <summary>Most ended alerts that are listed.</summary>
    public const int ResolvedMax = 200;

    /// <summary>Tests remembered for repeats.</summary>
    private const int TestsKept = 20;

    /// <summary>A part of the agent that is silent for this long is gone, and its conditions with it.</summary>
    public static readonly TimeSpan SourceSilentMax = TimeSpan.FromMinutes(10);

    private readonly AlertPolicy _policy;
    private readonly AlertBookState _state;
    private readonly GroupMessages _messages;
    private readonly Dictionary<string, DateTimeOffset> _heard = new(StringComparer.Ordinal);
    private DateTimeOffset? _began;

    /// <param name="policy">Who is notified, and when.</param>
    /// <param name="state">An empty or restored state, which this book changes.</param>
    public AlertBook(AlertPolicy policy, AlertBookState state)
    {
        (_policy, _state) = (policy, state);
        _messages = new GroupMessages(policy, state);
    }

    /// <summary>Increases with each change that must be stored; a changed detail alone is none.</summary>
    public long Version { get; private set; }

    /// <summary>Firing alerts first, by severity, then pending ones, then ended ones, newest first.</summary>
    public ImmutableArray<Alert> List() =>
    [
        .. _state.Alerts
            .OrderBy(alert => alert.Phase switch { AlertPhase.Firing => 0, AlertPhase.Pending => 1, _ => 2 })
            .ThenByDescending(alert => alert.Severity)
            .ThenByDescending(alert => alert.ResolvedAt ?? alert.FiringSince ?? alert.PendingSince)
            .ThenBy(alert => alert.Id, StringComparer.Ordinal),
    ];

    /// <summary>Messages that have not ended, oldest first.</summary>
    public ImmutableArray<AlertDelivery> Outbox => _state.Outbox;

    /// <summary>Takes all conditions of one source.</summary>
    /// <param name="now">Our clock.</param>
    /// <param name="source">Part of the agent that reports.</param>
    /// <param name="conditions">All conditions that it finds.</param>
    /// <param name="unknown">Rules that it cannot judge now.</param>
    public void Observe(DateTimeOffset now, string source, ImmutableArray<AlertCondition> conditions, ImmutableArray<string> unknown)
    {
        _heard[source] = now;
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var condition in conditions.Where(condition => _policy.NoiseOf(condition.Name) != AlertNoise.Off))
        {
            var id = Fingerprint.Of(condition);
            if (found.Add(id))
            {
                See(now, source, id, condition);
            }
        }

        foreach (var ended in _state.Alerts.Where(alert =>
            alert.Source == source && alert.Phase != AlertPhase.Resolved && !found.Contains(alert.Id) && !unknown.Contains(alert.Name)))
        {
            End(now, ended);
        }
    }

    /// <summary>Records an event without duration, which waits for no others: the next <see cref="Advance"/> makes its message.</summary>
    public void Raise(DateTimeOffset now, string source, AlertCondition moment)
    {
        var noise = _policy.NoiseOf(moment.Name);
        if (noise != AlertNoise.Off)
        {
            var alert = Moment(now, source, moment) with { IsSilent = noise == AlertNoise.Silent };
            Add(alert);
            _messages.Hurry(now, alert);
        }
    }

    /// <summary>Returns the acknowledged alert; null when none fires or is pending under this id.</summary>
    public Alert? Acknowledge(string id, Acknowledgement acknowledgement)
    {
        if (_state.Alerts.FirstOrDefault(alert => alert.Id == id && alert.Phase != AlertPhase.Resolved) is not { } found)
        {
            return null;
        }

        var acknowledged = found with { Acknowledged = acknowledgement };
        Replace(found, acknowledged);
        _messages.Acknowledged(acknowledged, acknowledgement.At);
        return acknowledged;
    }

    /// <summary>Makes a test message for each channel.</summary>
    /// <param name="now">Our clock.</param>
    /// <param name="test">The message.</param>
    /// <param name="operation">Id of the operator's command: a repeat sends nothing; null for none.</param>
    /// <returns>Ids of the messages, by channel.</returns>
    public ImmutableSortedDictionary<string, string> Test(DateTimeOffset now, AlertCondition test, string? operation = null)
    {
        if (operation is not null && _state.Tests.FirstOrDefault(known => known.Operation == operation) is { } done)
        {
            return done.Messages;
        }

        Version++;
        var alert = Moment(now, "test", test);
        var messages = _policy.Channels.ToImmutableSortedDictionary(
            channel => channel.Name,
            channel => _messages.Send(now, channel.Name, DeliveryKind.Test, test.Name, [alert]),
            StringComparer.Ordinal);
        _state.Tests = operation is null ? _state.Tests : [.. _state.Tests.TakeLast(TestsKept - 1), new AlertTest(operation, messages)];
        return messages;
    }

    /// <summary>Removes messages that were accepted or given up.</summary>
    public void Settle(IReadOnlyCollection<string> ids)
    {
        var left = _state.Outbox.RemoveAll(delivery => ids.Contains(delivery.Id));
        if (left.Length != _state.Outbox.Length)
        {
            _state.Outbox = left;
            Version++;
        }
    }

    /// <summary>Does everything that is due by now.</summary>
    public void Advance(DateTimeOffset now)
    {
        _began ??= now;
        foreach (var alert in _state.Alerts)
        {
            if (alert.Phase != AlertPhase.Resolved && now - Later(_heard.GetValueOrDefault(alert.Source), _began.Value) >= SourceSilentMax)
            {
                End(now, alert);
            }
            else if (alert.Phase == AlertPhase.Pending && now - alert.PendingSince >= alert.For)
            {
                Replace(alert, alert with { Phase = AlertPhase.Firing, FiringSince = now });
            }
            else if (alert.Acknowledged?.Until <= now)
            {
                Replace(alert, alert with { Acknowledged = null });
            }
        }

        Mute();
        if (_messages.MakeDue(now))
        {
            Version++;
        }

        Forget(now);
    }

    private void See(DateTimeOffset now, string source, string id, AlertCondition condition)
    {
        var silent = _policy.NoiseOf(condition.Name) == AlertNoise.Silent;
        var known = _state.Alerts.FirstOrDefault(alert => alert.Id == id);
        if (known is null or { Phase: AlertPhase.Resolved })
        {
            if (known is not null)
            {
                _state.Alerts = _state.Alerts.Remove(known);
            }

            Add(New(now, source, id, condition) with { IsSilent = silent });
        }
        else
        {
            var seen = known with
            {
                Source = source,
                Summary = condition.Summary,
                Detail = condition.Detail,
                For = condition.For,
                IsSilent = silent,
            };
            _state.Alerts = _state.Alerts.Replace(known, seen);
            Version += known.IsSilent == silent && known.Source == source ? 0 : 1;
        }
    }

    private static Alert New(DateTimeOffset now, string source, string id, AlertCondition condition) => new()
    {
        Id = id,
        Name = condition.Name,
        Severity = condition.Severity,
        Labels = condition.Labels,
        Summary = condition.Summary,
        Detail = condition.Detail,
        Source = source,
        Phase = AlertPhase.Pending,
        PendingSince = now,
        For = condition.For,
    };

    private static Alert Moment(DateTimeOffset now, string source, AlertCondition moment) =>
        New(now, source, Fingerprint.OfMoment(source, moment, now), moment) with
        {
            Phase = AlertPhase.Resolved,
            FiringSince = now,
            ResolvedAt = now,
            IsMoment = true,
        };

    private void End(DateTimeOffset now, Alert alert)
    {
        if (alert.Phase == AlertPhase.Firing)
        {
            Replace(alert, alert with { Phase = AlertPhase.Resolved, ResolvedAt = now, MutedBy = null });
        }
        else
        {
            _state.Alerts = _state.Alerts.Remove(alert);
            Version++;
        }
    }

    /// <summary>A critical alert mutes lesser ones of the same rule and labels, and those of rules that follow from it.</summary>
    private void Mute()
    {
        var critical = _state.Alerts
            .Where(alert => alert is { Phase: AlertPhase.Firing, Severity: AlertSeverity.Critical }).ToList();
        foreach (var alert in _state.Alerts.Where(alert => alert.Phase != AlertPhase.Resolved))
        {
            var by = critical.FirstOrDefault(cause => cause.Id != alert.Id && Mutes(cause, alert))?.Name;
            if (by != alert.MutedBy)
            {
                Replace(alert, alert with { MutedBy = by });
            }
        }
    }

    private bool Mutes(Alert cause, Alert alert) => cause.Name == alert.Name
        ? alert.Severity < AlertSeverity.Critical && cause.Labels.Count == alert.Labels.Count && Agree(cause, alert)
        : _policy.MutedBy.GetValueOrDefault(alert.Name, []).Contains(cause.Name) && Agree(cause, alert);

    /// <summary>The labels that both have are equal.</summary>
    private static bool Agree(Alert cause, Alert alert) =>
        cause.Labels.All(label => !alert.Labels.TryGetValue(label.Key, out var value) || value == label.Value);

    private void Forget(DateTimeOffset now)
    {
        var ended = _state.Alerts.Where(alert => alert.Phase == AlertPhase.Resolved).OrderByDescending(alert => alert.ResolvedAt).ToList();
        var old = ended.Where((alert, place) => place >= ResolvedMax || now - alert.ResolvedAt > ResolvedKept).ToList();
        if (old.Count > 0)
        {
            _state.Alerts = _state.Alerts.RemoveRange(old);
            Version++;
        }
    }

    private void Add(Alert alert)
    {
        _state.Alerts = _state.Alerts.Add(alert);
        Version++;
    }

    private void Replace(Alert before, Alert after)
    {
        _state.Alerts = _state.Alerts.Replace(before, after);
        Version++;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
