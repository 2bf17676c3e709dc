namespace BtcAgent.Grains.Control;

/// <summary>A halt until all of it is done: what failed or is pending is tried again, part by part, all at the same time.</summary>
/// <param name="reason">Operator and reason.</param>
/// <param name="parts">What keeps new orders from going out, the record of the command, what becomes of the open orders.</param>
internal sealed class StandingHalt(string reason, IEnumerable<HaltPart> parts)
{
    private readonly List<HaltPart> _parts = [.. parts];

    public string Reason => reason;

    public bool IsDone => _parts.Count == 0;

    /// <summary>What is still to do, and why.</summary>
    public string Words { get; private set; } = $"{reason}: being done";

    /// <summary>Tries all that is still to do, for at most this long.</summary>
    public async Task TryAsync(TimeSpan most, TimeProvider time)
    {
        var tried = _parts.ToArray();
        var problems = await Task.WhenAll(tried.Select(part => ProblemOf(part, most, time)));
        var words = new List<string>();
        for (var i = 0; i < tried.Length; i++)
        {
            if (problems[i] is { } problem)
            {
                words.Add($"{tried[i].What}: {problem}");
            }
            else
            {
                _parts.Remove(tried[i]);
            }
        }

        Words = $"{reason}: not done yet, and tried again every second: " + string.Join("; ", words.Order(StringComparer.Ordinal));
    }

    private static async Task<string?> ProblemOf(HaltPart part, TimeSpan most, TimeProvider time)
    {
        try
        {
            return await part.Do().WaitAsync(most, time);
        }
        catch (Exception e)
        {
            // The operator reads it, and it is tried again.
            return e is TimeoutException ? "no answer" : e.GetBaseException().Message.Split('\n')[0].TrimEnd();
        }
    }
}
