using System.Collections.Concurrent;
using BtcAgent.Contracts.Journals;
using BtcAgent.Domain;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Grains.Tests.Models;

/// <summary>A journal that a test can read.</summary>
internal sealed class DecisionList : IDecisionJournal
{
    private readonly ConcurrentQueue<Decision> _decisions = [];

    public TimeSpan Lag { get; set; }

    public void Append(Decision decision) => _decisions.Enqueue(decision);

    public IEnumerable<Decision> Of(string strategy) => _decisions.Where(d => d.Signal.Strategy == strategy);

    public Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) =>
        Task.FromResult(_decisions.FirstOrDefault(d => d.Id == id));

    public Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Decision>>([.. _decisions.Reverse().Take(limit)]);
}
