using System.Collections.Immutable;

namespace BtcAgent.Domain.Models;

/// <summary>
/// The registered models and their stages. A strategy has at most one champion: promoting another sends the former one back
/// to shadow, so that the two can be compared and swapped again. Immutable; a change returns a new roster.
/// </summary>
public sealed record ModelRoster
{
    /// <summary>Number of models kept; beyond it the oldest retired one is dropped.</summary>
    public const int ModelsMax = 1_000;

    /// <summary>Moves kept per model.</summary>
    public const int MovesKept = 50;

    public static ModelRoster Empty { get; } = new();

    /// <summary>Increases with every change, so that an outdated assignment is recognised.</summary>
    public long Version { get; init; }

    /// <summary>In order of registration.</summary>
    public ImmutableArray<ModelEntry> Models { get; init; } = [];

    /// <summary>Strategies that have had a champion, even one dropped since; see <see cref="HadChampion"/>.</summary>
    public ImmutableSortedSet<string> Led { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>True from a strategy's first champion on: its fallback trades before it, never after.</summary>
    public bool HadChampion(string strategy) => Led.Contains(strategy)
        || Models.Any(m => m.Strategy == strategy && (m.Stage == ModelStage.Champion || m.Moves.Any(move => move.To == ModelStage.Champion)));

    public ModelEntry? Find(string id) => Models.FirstOrDefault(m => m.Id == id);

    public ModelEntry? ChampionOf(string strategy) =>
        Models.FirstOrDefault(m => m.Strategy == strategy && m.Stage == ModelStage.Champion);

    /// <summary>The models scored in parallel with the champion: shadows and canaries.</summary>
    public ImmutableArray<ModelEntry> ShadowsOf(string strategy) =>
        [.. Models.Where(m => m.Strategy == strategy && m.Stage is ModelStage.Shadow or ModelStage.Canary)];

    /// <summary>The model of a strategy that became canary first; null for none.</summary>
    public ModelEntry? CanaryOf(string strategy) =>
        Models.Where(m => m.Strategy == strategy && m.Stage == ModelStage.Canary).MinBy(CanarySince);

    /// <summary>When a model was moved to canary last; unknown for a model that never was.</summary>
    public static Timestamp CanarySince(ModelEntry entry) =>
        entry.Moves.LastOrDefault(move => move.To == ModelStage.Canary && move.From != ModelStage.Canary)?.Time ?? Timestamp.Unknown;

    /// <summary>
    /// Registers a model as candidate. Registering the same model for the same strategy again changes nothing.
    /// </summary>
    public RosterChange Register(ModelDescription description, string strategy, Timestamp time)
    {
        if (Find(description.Id) is { } known)
        {
            return known.Description.Hash != description.Hash
                ? Refuse($"model {known.Id} is registered with another artefact, hash {known.Description.Hash}")
                : known.Strategy != strategy
                    ? Refuse($"model {known.Id} is registered for strategy '{known.Strategy}', not '{strategy}'")
                    : new RosterChange(this, known, null);
        }

        var models = Models;
        if (models.Length >= ModelsMax)
        {
            if (models.FirstOrDefault(m => m.Stage == ModelStage.Retired) is not { } oldest)
            {
                return Refuse($"{ModelsMax} models are registered and none is retired: retire some first");
            }

            models = models.Remove(oldest);
        }

        var entry = new ModelEntry
        {
            Description = description,
            Strategy = strategy,
            Stage = ModelStage.Candidate,
            RegisteredAt = time,
        };
        return new RosterChange(this with { Version = Version + 1, Models = models.Add(entry) }, entry, null);
    }

    /// <param name="id">The model.</param>
    /// <param name="to">Its new stage.</param>
    /// <param name="operatorName">Name of the operator.</param>
    /// <param name="reason">The operator's reason.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="verdictOverride">Kept in the model's history; null for none.</param>
    public RosterChange Move(
        string id, ModelStage to, string operatorName, string reason, Timestamp time, VerdictOverride? verdictOverride = null)
    {
        if (Find(id) is not { } entry)
        {
            return Refuse($"model '{id}' is not registered");
        }

        if (!ModelStages.CanMove(entry.Stage, to))
        {
            var possible = Enum.GetValues<ModelStage>().Where(s => ModelStages.CanMove(entry.Stage, s)).Select(Name);
            return Refuse($"model {id} is {Name(entry.Stage)} and cannot become {Name(to)}; it can become {string.Join(", ", possible)}");
        }

        var models = Models;
        if (to == ModelStage.Champion && ChampionOf(entry.Strategy) is { } former)
        {
            var why = $"{id} took its place: {reason}";
            models = models.Replace(former, Moved(former, ModelStage.Shadow, new(time, former.Stage, ModelStage.Shadow, operatorName, why)));
        }

        var moved = Moved(entry, to, new StageMove(time, entry.Stage, to, operatorName, reason, verdictOverride));
        var led = to == ModelStage.Champion ? Led.Add(entry.Strategy) : Led;
        return new RosterChange(this with { Version = Version + 1, Models = models.Replace(entry, moved), Led = led }, moved, null);
    }

    /// <summary>
    /// Returns this roster after a move away from it failed; only the model's history records the failed move.
    /// </summary>
    /// <param name="failed">The roster that could not be served.</param>
    /// <param name="id">The model that was refused.</param>
    /// <param name="reason">Why it was refused.</param>
    /// <param name="time">Our clock.</param>
    public ModelRoster Restore(ModelRoster failed, string id, string reason, Timestamp time)
    {
        var entry = Find(id) ?? throw new ArgumentException($"model '{id}' is not in the roster to go back to", nameof(id));
        var noted = Moved(entry, entry.Stage, new StageMove(time, entry.Stage, entry.Stage, "agent", $"move taken back: {reason}"));
        return this with { Version = failed.Version + 1, Models = Models.Replace(entry, noted) };
    }

    private static ModelEntry Moved(ModelEntry entry, ModelStage to, StageMove move) =>
        entry with { Stage = to, Moves = [.. entry.Moves.TakeLast(MovesKept - 1), move] };

    private static string Name(ModelStage stage) => stage.ToString().ToLowerInvariant();

    private RosterChange Refuse(string why) => new(this, null, why);
}
