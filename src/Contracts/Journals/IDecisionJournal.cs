using BtcAgent.Domain.Trading;

namespace BtcAgent.Contracts.Journals;

/// <summary>Stores decisions for later reading. Appending never blocks trading.</summary>
public interface IDecisionJournal
{
    /// <summary>Its contents and limits; null where the store does not report them.</summary>
    JournalStatus? Status => null;

    /// <summary>
    /// Age of the oldest accepted decision that is not stored; a lost one counts until a later one is stored. Zero when none
    /// waits.
    /// </summary>
    TimeSpan Lag { get; }

    /// <summary>Appends a decision; the deciding grain calls this in decision order.</summary>
    void Append(Decision decision);

    Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken);

    /// <summary>Returns decisions, newest first.</summary>
    /// <param name="limit">Maximum number of decisions.</param>
    /// <param name="onlyWithOrders">Skips decisions without an order.</param>
    /// <param name="portfolio">Only this portfolio's; null for all.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken);
}
