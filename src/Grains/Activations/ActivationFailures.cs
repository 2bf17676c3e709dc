namespace BtcAgent.Grains.Activations;

/// <summary>
/// Counts failed activations of this process by grain, beyond each activation. A grain that failed
/// <see cref="SameReasonMax"/> times in a row for the same reason is not retried at the rate of its calls.
/// </summary>
/// <param name="time">Our clock.</param>
public sealed class ActivationFailures(TimeProvider time)
{
    /// <summary>Consecutive failures for the same reason after which a grain stops.</summary>
    public const int SameReasonMax = 3;

    /// <summary>Consecutive failures for any reasons after which a grain stops.</summary>
    public const int AnyReasonMax = 12;

    /// <summary>Pause between attempts when the reason may pass by itself, such as a store's.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A transient failure that has not recurred for this long is over, or the grain has moved to another process.
    /// </summary>
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Failure> _failures = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The stopped grains, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Stopped
    {
        get
        {
            lock (_lock)
            {
                return _failures.Where(failure => failure.Value.IsStopped && !IsForgotten(failure.Value))
                    .ToDictionary(failure => failure.Key, failure => failure.Value.Text, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The grains that only an operator can restart, and the portfolios that must not trade until then.</summary>
    public IReadOnlyList<HaltingFailure> Halting
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures.Where(failure => failure.Value is { IsStopped: true, MayPass: false, Portfolios.Count: > 0 })
                    .Select(failure => new HaltingFailure(failure.Key, failure.Value.Text, failure.Value.Portfolios))];
            }
        }
    }

    /// <summary>Whether a later attempt may succeed by itself: the store or another grain did not answer.</summary>
    public static bool MayPass(Exception failure) =>
        failure is IOException or TimeoutException or OrleansException or System.Data.Common.DbException
        || (failure.InnerException is { } inner && MayPass(inner));

    /// <param name="grain">Key of the grain.</param>
    /// <param name="reason">Must be the same text for the same reason.</param>
    /// <param name="mayPass">See <see cref="MayPass"/>.</param>
    /// <param name="portfolios">Portfolios to halt when the grain stops; none if the grain halts them itself.</param>
    public void Failed(string grain, string reason, bool mayPass, IReadOnlyCollection<string>? portfolios = null)
    {
        lock (_lock)
        {
            var before = _failures.GetValueOrDefault(grain) is { } known && !IsForgotten(known) ? known : null;
            _failures[grain] = new Failure(
                reason, before?.Reason == reason ? before.Same + 1 : 1, (before?.Total ?? 0) + 1, mayPass,
                time.GetTimestamp(), portfolios ?? []);
        }
    }

    /// <summary>Why the grain must not start its work now; null when it may.</summary>
    public Standstill? StandstillOf(string grain)
    {
        lock (_lock)
        {
            return _failures.TryGetValue(grain, out var failure) && failure.IsStopped
                && !(failure.MayPass && time.GetElapsedTime(failure.At) >= RetryEvery)
                ? new Standstill(failure.Text, failure.MayPass) : null;
        }
    }

    /// <summary>Clears the count: the grain works, or an operator has it retried.</summary>
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
        public bool IsStopped => Same >= SameReasonMax || Total >= AnyReasonMax;

        public string Text => MayPass
            ? $"failed {Total} times and is retried automatically: {Reason}"
            : $"failed {Total} times and is not retried until an operator resumes: {Reason}";
    }
}
