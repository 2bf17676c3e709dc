using System.Collections.Concurrent;
using System.Net;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>What one kind of attack tried and got. Thread-safe.</summary>
/// <param name="name">Of the attack.</param>
/// <param name="isOpen">What it asks for is open to anybody.</param>
public sealed class AttackTally(string name, bool isOpen = false)
{
    private readonly ConcurrentDictionary<string, long> _answers = new(StringComparer.Ordinal);
    private long _tried;

    public string Name { get; } = name;

    public long Tried => Interlocked.Read(ref _tried);

    /// <summary>By status code, or by how the connection ended.</summary>
    public IReadOnlyDictionary<string, long> Answers => new SortedDictionary<string, long>(_answers, StringComparer.Ordinal);

    /// <summary>Answers that gave what needs a key.</summary>
    public long Admitted => isOpen ? 0 : _answers.Where(a => a.Key[0] is '2' or '3').Sum(a => a.Value);

    public void Got(HttpStatusCode status) => Got($"{(int)status}");

    public void Got(string answer)
    {
        Interlocked.Increment(ref _tried);
        _answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
    }
}
