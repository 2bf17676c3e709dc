using BtcAgent.Domain.Trading;

namespace BtcAgent.Contracts.Journals;

/// <summary>Reads decisions: the agent publishes them as facts, and the journal stores them from the log of facts.</summary>
public interface IDecisionJournal
{
    /// <summary>Its contents and limits; null where the store does not report them.</summary>
    JournalStatus? Status => null;

    Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken);

    /// <summary>Returns decisions, newest first.</summary>
    /// <param name="limit">Maximum number of decisions.</param>
    /// <param name="onlyWithOrders">Skips decisions without an order.</param>
    /// <param name="portfolio">Only this portfolio's; null for all.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken);
}
