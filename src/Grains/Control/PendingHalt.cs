namespace BtcAgent.Grains.Control;

/// <summary>
/// A halt in progress until all its parts are complete. Retries failed and pending parts independently and concurrently.
/// </summary>
/// <param name="reason">Operator and reason.</param>
/// <param name="parts">Its parts: stopping new orders, recording the command, clearing open orders.</param>
internal sealed class PendingHalt(string reason, IEnumerable<HaltPart> parts)
{
    private readonly List<HaltPart> _parts = [.. parts];

    public string Reason => reason;

    public bool IsDone => _parts.Count == 0;

    /// <summary>Description of what remains to be done, and why.</summary>
    public string Progress { get; private set; } = $"{reason}: in progress";

    /// <summary>Tries all remaining parts, for at most this long.</summary>
    public async Task TryAsync(TimeSpan most, TimeProvider time)
    {
        var tried = _parts.ToArray();
        var problems = await Task.WhenAll(tried.Select(part => ProblemOf(part, most, time)));
        var words = new List<string>();
        for (var i = 0; i < tried.Length; i++)
        {
            if (problems[i] is { } problem)
            {
                words.Add($"{tried[i].Name}: {problem}");
            }
            else
            {
                _parts.Remove(tried[i]);
            }
        }

        Progress = $"{reason}: not complete, retried every second: " + string.Join("; ", words.Order(StringComparer.Ordinal));
    }

    private static async Task<string?> ProblemOf(HaltPart part, TimeSpan most, TimeProvider time)
    {
        try
        {
            return await part.Do().WaitAsync(most, time);
        }
        catch (Exception e)
        {
            // The operator sees the reason, and the part is retried.
            return e is TimeoutException ? "no answer" : e.GetBaseException().Message.Split('\n')[0].TrimEnd();
        }
    }
}
