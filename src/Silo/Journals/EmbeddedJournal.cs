using BtcAgent.Contracts.Journals;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Journals;

/// <summary>Stores decisions in the embedded store's journal; appending never waits for the disk.</summary>
internal sealed class EmbeddedJournal(Journal journal, EmbeddedStoreOptions options, TimeProvider time) : IDecisionJournal
{
    private readonly SinkBacklog _backlog = new();

    public JournalStatus? Status
    {
        get
        {
            var usage = journal.Usage;
            return new JournalStatus(
                usage.Rows,
                Math.Round(usage.Bytes / 1_048_576.0, 1),
                usage.OldestEventTimeUnixNs is { } oldest ? new Timestamp(oldest) : Timestamp.Unknown,
                usage.Trimmed,
                journal.Dropped,
                $"{options.JournalDaysMax} days, {options.JournalSizeMaxMb} MiB, {options.JournalRowsMax} entries",
                journal.Problem);
        }
    }

    public TimeSpan Lag => _backlog.Age(Now());

    public void Append(Decision decision)
    {
        var place = _backlog.Take(Now());
        if (!journal.TryAppend(DecisionEntry.Of(decision), kept => _backlog.Settle(place, kept)))
        {
            _backlog.Settle(place, stored: false);
        }
    }

    public async Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) =>
        await journal.FindAsync(id.Text, cancellationToken) is { } entry ? DecisionEntry.Read(entry) : null;

    public async Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken)
    {
        var entries = await journal.ListAsync(onlyWithOrders ? DecisionEntry.WithOrder : null, portfolio, limit, cancellationToken);
        return [.. entries.Select(DecisionEntry.Read)];
    }

    /// <summary>Monotonic clock: an age must not jump when the system clock is set.</summary>
    private TimeSpan Now() => time.GetElapsedTime(0);
}
