namespace BtcAgent.Grains.Control;

/// <summary>One thing that a halt does; may be done twice, but never begins anew while it still runs.</summary>
/// <param name="what">For the operator.</param>
/// <param name="act">Does it; answers why it is not done yet, null when it is.</param>
internal sealed class HaltPart(string what, Func<Task<string?>> act)
{
    private Task<string?>? _running;

    public string What => what;

    /// <summary>The attempt that runs or has succeeded; else another one.</summary>
    public Task<string?> Do() => _running is { IsCompleted: false } or { IsCompletedSuccessfully: true, Result: null } ? _running : _running = act();
}
