using System.Collections.Immutable;
using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Contracts.Social;

/// <summary>Tallies of one writer, in order.</summary>
/// <param name="Epoch">Lease epoch of the writer.</param>
/// <param name="Scorer">Id of the scorer, such as <c>lexicon-1</c>.</param>
/// <param name="ScorerHash">SHA-256 of what the scorer reads tones from.</param>
/// <param name="Tallies">Ascending numbers.</param>
[GenerateSerializer, Immutable, Alias("SentimentBatch")]
public sealed record SentimentBatch(
    [property: Id(0)] long Epoch, [property: Id(1)] string Scorer, [property: Id(2)] string ScorerHash, [property: Id(3)] ImmutableArray<SentimentTally> Tallies);
