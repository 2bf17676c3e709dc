using System.Collections.Immutable;

namespace BtcAgent.Domain.Retraining;

/// <summary>
/// When each trigger of each strategy last led to a job. An alarm within the cool-down of its trigger leads to none: a condition
/// that a new model does not remove, such as the age of data that end in the past, cannot train without end. Immutable.
/// </summary>
[GenerateSerializer, Immutable, Alias("RetrainingTriggers")]
public sealed record RetrainingTriggers
{
    public static RetrainingTriggers None { get; } = new();

    /// <summary>By <c>strategy/trigger</c>.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<string, Timestamp> Fired { get; init; } =
        ImmutableSortedDictionary.Create<string, Timestamp>(StringComparer.Ordinal);

    /// <summary>The end of a trigger's cool-down; null when it can fire. A clock that stepped back further than the cool-down ends it.</summary>
    public Timestamp? CoolsUntil(string strategy, TrainingTrigger trigger, TimeSpan coolDown, Timestamp now) =>
        Fired.TryGetValue(Key(strategy, trigger), out var fired) && now - fired < coolDown && fired - now <= coolDown ? fired + coolDown : null;

    public RetrainingTriggers Fire(string strategy, TrainingTrigger trigger, Timestamp now) =>
        this with { Fired = Fired.SetItem(Key(strategy, trigger), now) };

    private static string Key(string strategy, TrainingTrigger trigger) => $"{strategy}/{trigger}";
}
