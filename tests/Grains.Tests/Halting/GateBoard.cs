namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// The waits of store and venue. Which ones stall depends only on their name and number, so that a seed repeats a schedule.
/// </summary>
internal sealed class GateBoard
{
    private readonly Lock _lock = new();
    private readonly List<Gate> _waiting = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private Func<string, int, bool> _stalls = (_, _) => false;

    /// <summary>Increases with each wait that stalls.</summary>
    public int Stalled { get; private set; }

    /// <summary>Stalled waits, ordered by name.</summary>
    public IReadOnlyList<Gate> Waiting
    {
        get
        {
            lock (_lock)
            {
                return [.. _waiting.OrderBy(gate => gate.Name, StringComparer.Ordinal).ThenBy(gate => gate.Number)];
            }
        }
    }

    public void Reset(Func<string, int, bool> stalls)
    {
        lock (_lock)
        {
            _stalls = stalls;
            _counts.Clear();
            Stalled = 0;
        }
    }

    public Task PassAsync(string name)
    {
        lock (_lock)
        {
            var number = _counts.GetValueOrDefault(name);
            _counts[name] = number + 1;
            if (!_stalls(name, number))
            {
                return Task.CompletedTask;
            }

            var gate = new Gate(name, number);
            _waiting.Add(gate);
            Stalled++;
            return gate.Opened;
        }
    }

    public void Open(Gate gate) => Take(gate).Open();

    public void Fail(Gate gate) => Take(gate).Fail();

    /// <summary>Stops stalling.</summary>
    public void OpenAll()
    {
        Gate[] open;
        lock (_lock)
        {
            _stalls = (_, _) => false;
            open = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var gate in open)
        {
            gate.Open();
        }
    }

    private Gate Take(Gate gate)
    {
        lock (_lock)
        {
            _waiting.Remove(gate);
        }

        return gate;
    }
}
