using BtcAgent.Domain.Trading;

namespace BtcAgent.Contracts.Trading;

/// <summary>Where decisions are kept for reading back. Appending never makes trading wait.</summary>
public interface IDecisionJournal
{
    /// <summary>What it keeps; null where somebody else keeps count.</summary>
    JournalStatus? Status => null;

    /// <summary>
    /// Age of the oldest decision that was taken and is not stored; lost ones count until a later one is stored. Zero when none waits.
    /// </summary>
    TimeSpan Lag { get; }

    /// <summary>Called in decision order by the deciding grain.</summary>
    void Append(Decision decision);

    Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="onlyWithOrders">Leave out those that came to nothing.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, CancellationToken cancellationToken);
}
