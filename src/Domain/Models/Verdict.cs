using System.Collections.Immutable;

namespace BtcAgent.Domain.Models;

/// <summary>
/// The one judgement on a model or a run: whether its edge survives costs on data that it was not made from, and the reasons.
/// </summary>
/// <param name="State">The first rule that does not hold, by weight; a leak or a failed audit outweighs every other.</param>
/// <param name="Reasons">Every rule that was asked, the deciding ones first.</param>
[GenerateSerializer, Immutable, Alias("Verdict")]
public sealed record Verdict(
    [property: Id(0)] VerdictState State,
    [property: Id(1)] ImmutableArray<VerdictReason> Reasons)
{
    /// <summary>The verdict on a model without one, such as an artefact of an earlier version.</summary>
    public static Verdict NotJudged { get; } = new(
        VerdictState.NotJudged,
        [new("JUDGED", Holds: false, null, null, "The artefact has no verdict: train the model again.")]);

    public bool Survives => State == VerdictState.Survives;

    /// <summary>The verdict in one line: the state, then the sentences that decide it.</summary>
    public string Headline()
    {
        var shown = Survives ? Reasons.Length : State is VerdictState.Leaks or VerdictState.LooksAhead ? 1 : 2;
        var deciding = Reasons.Where(r => r.Holds == Survives).Select(r => r.Text).Take(shown);
        return $"{Name(State)}. {string.Join(" ", deciding)}".TrimEnd();
    }

    public bool Equals(Verdict? other) => other is not null && State == other.State && Reasons.AsSpan().SequenceEqual(other.Reasons.AsSpan());

    public override int GetHashCode() => HashCode.Combine(State, Reasons.Length);

    private static string Name(VerdictState state) => state switch
    {
        VerdictState.Survives => "The edge survives costs out of sample",
        VerdictState.Leaks => "LEAK: the label is in the features, no figure below counts",
        VerdictState.LooksAhead => "LOOKS AHEAD: a feature uses the future, no figure below counts",
        VerdictState.Undefined => "Undefined",
        VerdictState.TooFewTrades => "Too few trades",
        VerdictState.LosesToCosts => "No edge survives costs",
        VerdictState.FoldsDisagree => "The folds disagree",
        VerdictState.NotDistinguishable => "Not distinguishable from luck",
        VerdictState.Overfit => "Overfit",
        VerdictState.TrackTooShort => "The track is too short",
        _ => "Not judged",
    };
}
