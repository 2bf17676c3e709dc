using System.Collections.Immutable;
using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Contracts.Social;

/// <summary>Tallies of one writer, in order.</summary>
/// <param name="Epoch">Lease epoch of the writer.</param>
/// <param name="Tallies">Ascending numbers.</param>
[GenerateSerializer, Immutable, Alias("SentimentBatch")]
public sealed record SentimentBatch(
    [property: Id(0)] long Epoch, [property: Id(3)] ImmutableArray<SentimentTally> Tallies);
