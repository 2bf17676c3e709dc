using System.Collections.Concurrent;
using System.Net;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>Counts attempts and answers of one kind of attack. Thread-safe.</summary>
/// <param name="name">Name of the attack.</param>
/// <param name="isOpen">True when its requests need no key.</param>
public sealed class AttackTally(string name, bool isOpen = false)
{
    private readonly ConcurrentDictionary<string, long> _answers = new(StringComparer.Ordinal);
    private long _tried;

    public string Name { get; } = name;

    public long Tried => Interlocked.Read(ref _tried);

    /// <summary>Answers by status code, or by the end of the connection.</summary>
    public IReadOnlyDictionary<string, long> Answers => new SortedDictionary<string, long>(_answers, StringComparer.Ordinal);

    /// <summary>Answers that granted access without a key.</summary>
    public long Admitted => isOpen ? 0 : _answers.Where(a => a.Key[0] is '2' or '3').Sum(a => a.Value);

    public void Got(HttpStatusCode status) => Got($"{(int)status}");

    public void Got(string answer)
    {
        Interlocked.Increment(ref _tried);
        _answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
    }
}
