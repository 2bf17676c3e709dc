namespace BtcAgent.Grains.Tests.Halting;

/// <summary>One wait that a test ends, with success or failure.</summary>
internal sealed class Gate(string name, int number)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    /// <summary>Number among the waits of this name: 0, 1, …</summary>
    public int Number => number;

    public Task Opened => _opened.Task;

    public void Open() => _opened.TrySetResult();

    public void Fail() => _opened.TrySetException(new IOException($"{name} failed"));
}
