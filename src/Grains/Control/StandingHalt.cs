namespace BtcAgent.Grains.Control;

/// <summary>A halt until all of it is done: what failed is tried again, part by part.</summary>
/// <param name="reason">Operator and reason.</param>
/// <param name="stopping">What keeps new orders from going out, and the record of the command.</param>
/// <param name="clearing">What becomes of the open orders; done after <paramref name="stopping"/> was tried.</param>
internal sealed class StandingHalt(string reason, IEnumerable<HaltPart> stopping, IEnumerable<HaltPart> clearing)
{
    private readonly List<HaltPart> _stopping = [.. stopping];
    private readonly List<HaltPart> _clearing = [.. clearing];
    private readonly SortedDictionary<string, string> _problems = new(StringComparer.Ordinal);

    public string Reason => reason;

    public bool IsDone => _stopping.Count == 0 && _clearing.Count == 0;

    /// <summary>What is still to do, and why.</summary>
    public string Words { get; private set; } = $"{reason}: being done";

    /// <summary>Tries all that is still to do, each part at most this long.</summary>
    public async Task TryAsync(TimeSpan most, TimeProvider time)
    {
        _problems.Clear();
        await TryAsync(_stopping, most, time);
        await TryAsync(_clearing, most, time);
        Words = $"{reason}: not done yet, and tried again every second: "
            + string.Join("; ", _problems.Select(problem => $"{problem.Key}: {problem.Value}"));
    }

    private async Task TryAsync(List<HaltPart> parts, TimeSpan most, TimeProvider time)
    {
        var tried = parts.ToArray();
        var problems = await Task.WhenAll(tried.Select(part => ProblemOf(part, most, time)));
        for (var i = 0; i < tried.Length; i++)
        {
            if (problems[i] is { } problem)
            {
                _problems[tried[i].What] = problem;
            }
            else
            {
                parts.Remove(tried[i]);
            }
        }
    }

    private static async Task<string?> ProblemOf(HaltPart part, TimeSpan most, TimeProvider time)
    {
        try
        {
            await part.Do().WaitAsync(most, time);
            return null;
        }
        catch (Exception e)
        {
            // Told to the operator, and tried again.
            return e is TimeoutException ? "no answer" : e.GetBaseException().Message.Split('\n')[0].TrimEnd();
        }
    }
}
