namespace BtcAgent.Grains.Control;

/// <summary>One thing that a halt does; may be done twice, but never begins anew while it still runs.</summary>
/// <param name="what">For the operator.</param>
/// <param name="act">Does it.</param>
internal sealed class HaltPart(string what, Func<Task> act)
{
    private Task? _running;

    public string What => what;

    /// <summary>The attempt that runs or has succeeded; else another one.</summary>
    public Task Do() => _running is { IsFaulted: false, IsCanceled: false } ? _running : _running = act();
}
