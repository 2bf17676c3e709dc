using System.Collections.Immutable;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Engine;

/// <summary>Makes the messages about groups of alerts. Pure.</summary>
internal sealed class GroupMessages(AlertPolicy policy, AlertBookState state)
{
    /// <summary>A moment that was held back for longer is not sent any more.</summary>
    private static readonly TimeSpan MomentAgeMax = TimeSpan.FromHours(12);

    private bool _changed;

    /// <summary>Makes all messages that are due; returns true when the state has changed.</summary>
    public bool MakeDue(DateTimeOffset now)
    {
        _changed = false;
        Open(now);
        foreach (var group in state.Groups.Where(group => group.NextAt <= now))
        {
            Look(now, group);
        }

        Escalate(now);
        return _changed;
    }

    /// <summary>Makes the group of an alert due at once.</summary>
    public void Hurry(DateTimeOffset now, Alert alert)
    {
        var key = KeyOf(alert);
        var group = state.Groups.FirstOrDefault(group => group.Key == key);
        if (!alert.IsSilent)
        {
            state.Groups = group is null
                ? state.Groups.Add(new AlertGroup(key, now, []))
                : state.Groups.Replace(group, group with { NextAt = now });
        }
    }

    /// <summary>Informs the channels that keep incidents and were notified of the alert.</summary>
    public void Acknowledged(Alert alert, DateTimeOffset now)
    {
        var key = KeyOf(alert);
        foreach (var notice in state.Groups.Where(group => group.Key == key).SelectMany(group => group.Notices)
            .Where(notice => notice.Firing.Any(notified => notified.Id == alert.Id)))
        {
            if (policy.Channels.Any(channel => channel.Name == notice.Channel && channel.CarriesAcknowledgements))
            {
                Send(now, notice.Channel, DeliveryKind.Acknowledged, key, [alert]);
            }
        }
    }

    /// <summary>Adds a message; the oldest one is replaced when too many wait for the channel.</summary>
    public string Send(DateTimeOffset now, string channel, DeliveryKind kind, string group, ImmutableArray<Alert> alerts)
    {
        _changed = true;
        if (state.Outbox.Count(delivery => delivery.Channel == channel) >= policy.WaitingMax)
        {
            state.Outbox = state.Outbox.Remove(state.Outbox.First(delivery => delivery.Channel == channel));
            state.Dropped++;
        }

        state.Sequence++;
        var id = Fingerprint.OfDelivery(channel, group, state.Sequence, now);
        state.Outbox = state.Outbox.Add(new AlertDelivery(id, channel, kind, group, alerts, now));
        return id;
    }

    /// <summary>Opens a group for each alert that has none.</summary>
    private void Open(DateTimeOffset now)
    {
        var audible = state.Alerts.Where(alert => !alert.IsSilent && (alert.IsFiring || IsFresh(alert, now)));
        foreach (var key in audible.Select(KeyOf).Distinct().ToList())
        {
            if (state.Groups.All(group => group.Key != key))
            {
                state.Groups = state.Groups.Add(new AlertGroup(key, now + policy.GroupWait, []));
                _changed = true;
            }
        }
    }

    private void Look(DateTimeOffset now, AlertGroup group)
    {
        var alerts = state.Alerts.Where(alert => KeyOf(alert) == group.Key).ToList();
        var notices = policy.Channels
            .Select(channel => Notify(now, channel, group, alerts))
            .OfType<GroupNotice>().ToImmutableArray();
        var isOver = notices.IsEmpty && !alerts.Any(alert => alert.IsFiring || IsFresh(alert, now));
        state.Groups = isOver
            ? state.Groups.Remove(group)
            : state.Groups.Replace(group, new AlertGroup(group.Key, now + policy.GroupInterval, notices));
        _changed |= isOver || !AreSame(group.Notices, notices);
    }

    /// <summary>
    /// Makes the message of one channel if there is anything new; returns what the channel knows then, null when nothing.
    /// </summary>
    private GroupNotice? Notify(DateTimeOffset now, ChannelPolicy channel, AlertGroup group, List<Alert> alerts)
    {
        var before = group.Notices.FirstOrDefault(notice => notice.Channel == channel.Name);
        var known = before?.Firing ?? [];
        var audible = alerts.Where(alert => IsAudible(now, alert) && !IsAbout(alert, channel)).ToList();
        var fresh = audible.Where(alert =>
            channel.From <= alert.Severity && alert.Acknowledged is null && !known.Contains(NotifiedOf(alert))).ToImmutableArray();
        var still = audible.Where(alert => alert.IsFiring && known.Contains(NotifiedOf(alert))).ToImmutableArray();
        var ended = alerts.Where(alert => alert is { Phase: AlertPhase.Resolved, IsMoment: false } && !IsQuiet(now, alert)
            && known.Any(notified => notified.Id == alert.Id)).ToImmutableArray();
        var open = still.Where(alert => alert.Acknowledged is null).ToImmutableArray();
        var isRepeated = open.Length > 0 && now - before!.SentAt >= policy.RepeatInterval;
        var (kind, carried) = fresh.Length > 0 ? (DeliveryKind.Firing, [.. fresh, .. still, .. channel.CarriesEnds ? ended : []])
            : ended.Length > 0 && channel.CarriesEnds ? (DeliveryKind.Resolved, ended)
            : isRepeated ? (DeliveryKind.Repeat, open)
            : (default(DeliveryKind), ImmutableArray<Alert>.Empty);
        if (carried.Length > 0)
        {
            Send(now, channel.Name, kind, group.Key, carried);
        }

        ImmutableArray<NotifiedAlert> left = [.. known.Where(notified => IsLeft(notified.Id)), .. fresh.Select(NotifiedOf)];
        return left.IsEmpty ? null : new GroupNotice(channel.Name, left, carried.Length > 0 ? now : before?.SentAt ?? now);

        // A moment stays known until it is forgotten, so that it is not sent again; an alert until its end is sent.
        bool IsLeft(string id) => fresh.All(alert => alert.Id != id) && ended.All(alert => alert.Id != id)
            && alerts.Any(alert => alert.Id == id && (!alert.IsMoment || IsFresh(alert, now)));
    }

    private void Escalate(DateTimeOffset now)
    {
        var due = state.Alerts.Where(alert => alert.IsFiring && alert.Severity >= policy.EscalateFrom && alert.Acknowledged is null
            && alert.StepsTaken < policy.Steps.Length && now - alert.FiringSince >= policy.Steps[alert.StepsTaken].After
            && IsAudible(now, alert));
        foreach (var together in due.GroupBy(alert => (Key: KeyOf(alert), Step: alert.StepsTaken)).ToList())
        {
            var alerts = together.Select(alert => alert with { StepsTaken = alert.StepsTaken + 1 }).ToImmutableArray();
            foreach (var alert in alerts)
            {
                state.Alerts = state.Alerts.Replace(state.Alerts.First(before => before.Id == alert.Id), alert);
            }

            foreach (var channel in policy.Channels.Where(channel => policy.Steps[together.Key.Step].Channels.Contains(channel.Name)))
            {
                var carried = alerts.Where(alert => !IsAbout(alert, channel)).ToImmutableArray();
                if (carried.Length > 0)
                {
                    Send(now, channel.Name, DeliveryKind.Escalation, together.Key.Key, carried);
                    Remember(now, together.Key.Key, channel.Name, carried);
                }
            }

            _changed = true;
        }
    }

    /// <summary>A channel that an escalation has reached hears of the end, too.</summary>
    private void Remember(DateTimeOffset now, string key, string channel, ImmutableArray<Alert> alerts)
    {
        var group = state.Groups.First(group => group.Key == key);
        var notice = group.Notices.FirstOrDefault(notice => notice.Channel == channel);
        ImmutableArray<NotifiedAlert> firing = [.. (notice?.Firing ?? []).Union(alerts.Select(NotifiedOf))];
        var notices = notice is null ? group.Notices : group.Notices.Remove(notice);
        state.Groups = state.Groups.Replace(group, group with { Notices = notices.Add(new GroupNotice(channel, firing, now)) });
    }

    private bool IsAudible(DateTimeOffset now, Alert alert) => (alert.IsFiring || IsFresh(alert, now))
        && alert is { IsSilent: false, MutedBy: null } && !IsQuiet(now, alert);

    private bool IsQuiet(DateTimeOffset now, Alert alert) => policy.Quiet?.Mutes(alert.Severity, now) == true;

    private static bool AreSame(ImmutableArray<GroupNotice> one, ImmutableArray<GroupNotice> other) => one.Length == other.Length
        && one.Zip(other).All(pair => pair.First.Channel == pair.Second.Channel && pair.First.SentAt == pair.Second.SentAt
            && pair.First.Firing.SequenceEqual(pair.Second.Firing));

    private static bool IsFresh(Alert alert, DateTimeOffset now) => alert.IsMoment && now - alert.FiringSince < MomentAgeMax;

    /// <summary>A channel is not asked to report that it is broken.</summary>
    private static bool IsAbout(Alert alert, ChannelPolicy channel) => alert.Labels.GetValueOrDefault("channel") == channel.Name;

    private static NotifiedAlert NotifiedOf(Alert alert) => new(alert.Id, alert.FiringSince ?? alert.PendingSince);

    private string KeyOf(Alert alert) =>
        string.Join('/', policy.GroupBy.Select(label => alert.Labels.GetValueOrDefault(label, "")).Prepend(alert.Name));
}
