using System.Collections.Concurrent;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>
/// What the consumer of one stream has seen, kept outside the grain like in a store, so that it survives silos.
/// </summary>
internal sealed class Memory
{
    private static readonly ConcurrentDictionary<string, Memory> All = new();
    private static readonly TaskCompletionSource Opened = AlreadyOpen();

    private readonly List<(int Number, long Token)> _seen = [];
    private readonly List<string> _errors = [];
    private volatile TaskCompletionSource _gate = Opened;
    private long _counted;
    private int _next;

    private Memory()
    {
    }

    /// <summary>All notes in order of arrival, including repeats.</summary>
    public IReadOnlyList<(int Number, long Token)> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>Numbers without repeats.</summary>
    public IReadOnlyList<int> Numbers
    {
        get
        {
            var last = -1L;
            var numbers = new List<int>();
            foreach (var (number, token) in Seen)
            {
                if (token > last)
                {
                    numbers.Add(number);
                    last = token;
                }
            }

            return numbers;
        }
    }

    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_seen)
            {
                return [.. _errors];
            }
        }
    }

    public string? Trace { get; set; }

    /// <summary>
    /// The last processed message, where a new activation continues; it may arrive again. Null before the first.
    /// </summary>
    public long? ResumeAt { get; private set; }

    /// <summary>Number of notes that were only counted, in order and without holes.</summary>
    public long Counted => Interlocked.Read(ref _counted);

    public Task Gate => _gate.Task;

    public static Memory Of(string key) => All.GetOrAdd(key, _ => new Memory());

    /// <summary>Makes the consumer wait at its next note until <see cref="Open"/>.</summary>
    public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _gate.TrySetResult();

    public void Add(int number, long token)
    {
        lock (_seen)
        {
            _seen.Add((number, token));
            ResumeAt = token;
        }
    }

    /// <summary>Counts the note if it is the next one; a repeated note does not count.</summary>
    public void Count(int number, long token)
    {
        if (number == _next)
        {
            _next++;
            ResumeAt = token;
            Interlocked.Increment(ref _counted);
        }
    }

    public void AddError(string message)
    {
        lock (_seen)
        {
            _errors.Add(message);
        }
    }

    /// <summary>Forgets all notes after this one.</summary>
    public void GoBackTo(long token)
    {
        lock (_seen)
        {
            _seen.RemoveAll(note => note.Token > token);
            ResumeAt = token;
        }
    }

    private static TaskCompletionSource AlreadyOpen()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
