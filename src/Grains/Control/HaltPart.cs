namespace BtcAgent.Grains.Control;

/// <summary>One part of a halt. May run twice, but never starts again while it is still running.</summary>
/// <param name="name">Name of the part for the operator.</param>
/// <param name="act">Carries it out; returns why it is not complete yet, or null when it is.</param>
internal sealed class HaltPart(string name, Func<Task<string?>> act)
{
    private Task<string?>? _running;

    public string Name => name;

    /// <summary>Returns the attempt that is running or has succeeded; otherwise starts another one.</summary>
    public Task<string?> Do() => _running is { IsCompleted: false } or { IsCompletedSuccessfully: true, Result: null } ? _running : _running = act();
}
