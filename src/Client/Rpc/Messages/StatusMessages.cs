using System.Collections.Immutable;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Backups;
using BtcAgent.Contracts.Clocks;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Journals;
using BtcAgent.Domain.Risk;
using V1 = BtcAgent.Client.Grpc.V1;
using WellKnown = Google.Protobuf.WellKnownTypes;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Messages about the agent as a whole.</summary>
internal static class StatusMessages
{
    public static V1.AgentStatus Of(AgentStatus status)
    {
        var message = new V1.AgentStatus
        {
            Version = status.Version,
            Venue = status.Venue,
            Mode = status.Mode,
            StartedAt = WellKnown.Timestamp.FromDateTimeOffset(status.StartedAt),
            UptimeSeconds = status.UptimeSeconds,
            IsArmed = status.IsArmed,
            Latency = { status.Latency.Select(MarketMessages.Of) },
            Clock = status.Clock is { } clock ? Of(clock) : null,
            Journal = status.Journal is { } journal ? Of(journal) : null,
            History = status.History is { } history ? Of(history) : null,
            Backup = status.Backup is { } backup ? Of(backup) : null,
        };
        Optional.Set(status.Pending, value => message.Pending = value);
        Optional.Set(status.StoreProblem, value => message.StoreProblem = value);
        message.Breakers.Add(status.Breakers.ToDictionary(b => b.Key, b => Of(b.Value)));
        message.Feeds.Add(status.Feeds.ToDictionary(f => f.Key, f => MarketMessages.Of(f.Value)));
        message.Tripped.Add(Of(status.Tripped));
        return message;
    }

    public static V1.ControlResponse Of(TradingStatus status)
    {
        var message = new V1.ControlResponse { IsArmed = status.IsArmed };
        Optional.Set(status.Pending, value => message.Pending = value);
        message.Breakers.Add(status.Breakers.ToDictionary(b => b.Key, b => Of(b.Value)));
        message.Tripped.Add(Of(status.Tripped));
        return message;
    }

    public static V1.Breaker Of(BreakerState breaker) =>
        new() { Mode = (V1.BreakerMode)breaker.Mode, Reason = breaker.Reason, Since = Plain.Time(breaker.Since) };

    private static Dictionary<string, V1.Codes> Of(ImmutableSortedDictionary<string, ImmutableArray<string>> tripped) =>
        tripped.ToDictionary(t => t.Key, t => new V1.Codes { Values = { t.Value } });

    private static V1.Clock Of(ClockStatus clock) => new()
    {
        WallAheadMs = clock.WallAheadMs,
        Steps = clock.Steps,
        LastStepMs = clock.LastStepMs,
        LastStepAt = Plain.Time(clock.LastStepAt),
        BehindStoreMs = clock.BehindStoreMs,
    };

    private static V1.Journal Of(JournalStatus journal)
    {
        var message = new V1.Journal
        {
            Entries = journal.Entries,
            SizeMb = journal.SizeMb,
            OldestEventTime = Plain.Time(journal.OldestEventTime),
            Trimmed = journal.Trimmed,
            Limits = journal.Limits,
        };
        Optional.Set(journal.Problem, value => message.Problem = value);
        return message;
    }

    private static V1.HistoryStatus Of(HistoryStatus history) => new()
    {
        Log = history.Log is { } log ? Of(log) : null,
        Sinks = { history.Sinks.Select(Of) },
        Datasets = { history.Datasets.Select(Of) },
    };

    private static V1.StoredDataset Of(DatasetStatus dataset)
    {
        var message = new V1.StoredDataset
        {
            Name = dataset.Name,
            Rows = dataset.Rows,
            Files = dataset.Files,
            SizeMb = dataset.SizeMb,
            From = Plain.Time(dataset.From),
            To = Plain.Time(dataset.To),
            OldestStoredAt = Plain.Time(dataset.OldestStoredAt),
        };
        Optional.Set(dataset.RetentionDays, value => message.RetentionDays = value);
        Optional.Set(dataset.Problem, value => message.Problem = value);
        return message;
    }

    private static V1.FactLog Of(FactLogStatus log)
    {
        var message = new V1.FactLog
        {
            SizeMb = log.SizeMb,
            TrimmedMb = log.TrimmedMb,
            Dropped = log.Dropped,
            LagSeconds = log.LagSeconds,
            Limits = log.Limits,
        };
        Optional.Set(log.Problem, value => message.Problem = value);
        return message;
    }

    private static V1.Sink Of(SinkStatus sink)
    {
        var message = new V1.Sink { Name = sink.Name, Stored = sink.Stored, Unreadable = sink.Unreadable, LagSeconds = sink.LagSeconds };
        Optional.Set(sink.Problem, value => message.Problem = value);
        return message;
    }

    private static V1.Backup Of(BackupStatus backup)
    {
        var message = new V1.Backup
        {
            Place = backup.Place,
            IsEncrypted = backup.IsEncrypted,
            Kept = backup.Kept,
            NewestAt = Plain.Time(backup.NewestAt),
            SizeMb = backup.SizeMb,
            NextAt = Plain.Time(backup.NextAt),
        };
        Optional.Set(backup.Newest, value => message.Newest = value);
        Optional.Set(backup.LastSeconds, value => message.LastSeconds = value);
        Optional.Set(backup.Problem, value => message.Problem = value);
        return message;
    }
}
