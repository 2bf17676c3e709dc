namespace BtcAgent.Grains.Activations;

/// <summary>
/// How the activations of this process have failed, by grain: the count outlives each of them. What failed
/// <see cref="SameReasonMax"/> times in a row for one reason is not tried again as fast as calls come.
/// </summary>
/// <param name="time">Our clock.</param>
public sealed class ActivationFailures(TimeProvider time)
{
    /// <summary>Failures in a row, for one reason, after which a grain stands still.</summary>
    public const int SameReasonMax = 3;

    /// <summary>Failures in a row for whatever reasons.</summary>
    public const int AnyReasonMax = 12;

    /// <summary>Pause between attempts where the reason may pass by itself, as that of a store.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    /// <summary>What may pass and was not seen again for this long has passed, or the grain has moved to another process.</summary>
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Failure> _failures = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The grains that stand still, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Standing
    {
        get
        {
            lock (_lock)
            {
                return _failures.Where(failure => failure.Value.Stands && !IsForgotten(failure.Value))
                    .ToDictionary(failure => failure.Key, failure => failure.Value.Words, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The grains that an operator has to have tried again, and what must not trade until then.</summary>
    public IReadOnlyList<HaltingFailure> Halting
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures.Where(failure => failure.Value is { Stands: true, MayPass: false, Portfolios.Count: > 0 })
                    .Select(failure => new HaltingFailure(failure.Key, failure.Value.Words, failure.Value.Portfolios))];
            }
        }
    }

    /// <summary>Whether trying again later may help without anybody's doing: the store or another grain did not answer.</summary>
    public static bool MayPass(Exception failure) =>
        failure is IOException or TimeoutException or OrleansException or System.Data.Common.DbException
        || (failure.InnerException is { } inner && MayPass(inner));

    /// <param name="grain">Key of the grain.</param>
    /// <param name="reason">The same words for the same reason.</param>
    /// <param name="mayPass">See <see cref="MayPass"/>.</param>
    /// <param name="portfolios">To be halted when the grain stands still; none where the grain halts them itself.</param>
    public void Failed(string grain, string reason, bool mayPass, IReadOnlyCollection<string>? portfolios = null)
    {
        lock (_lock)
        {
            var before = _failures.GetValueOrDefault(grain) is { } known && !IsForgotten(known) ? known : null;
            _failures[grain] = new Failure(
                reason, before?.Reason == reason ? before.Same + 1 : 1, (before?.Total ?? 0) + 1, mayPass, time.GetTimestamp(), portfolios ?? []);
        }
    }

    /// <summary>Why the grain is not to start its work now; null to go ahead.</summary>
    public StandStill? StandsStill(string grain)
    {
        lock (_lock)
        {
            return _failures.TryGetValue(grain, out var failure) && failure.Stands && !(failure.MayPass && time.GetElapsedTime(failure.At) >= RetryEvery)
                ? new StandStill(failure.Words, failure.MayPass) : null;
        }
    }

    /// <summary>The grain's work is done as it should be, or somebody has it tried again.</summary>
    public void Clear(string grain)
    {
        lock (_lock)
        {
            _failures.Remove(grain);
        }
    }

    private bool IsForgotten(Failure failure) => failure.MayPass && time.GetElapsedTime(failure.At) >= ForgetAfter;

    private sealed record Failure(string Reason, int Same, int Total, bool MayPass, long At, IReadOnlyCollection<string> Portfolios)
    {
        public bool Stands => Same >= SameReasonMax || Total >= AnyReasonMax;

        public string Words => MayPass
            ? $"failed {Total} times and is tried again by itself: {Reason}"
            : $"failed {Total} times and is not tried again until an operator resumes: {Reason}";
    }
}
