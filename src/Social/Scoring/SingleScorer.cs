using BtcAgent.Social.Text;

namespace BtcAgent.Social.Scoring;

/// <summary>Uses a scorer of batches for one text at a time.</summary>
public sealed class SingleScorer(IBatchScorer scorer) : ITextScorer
{
    public string Id => scorer.Id;

    public string Hash => scorer.Hash;

    public ToneScore Score(PostText text) => scorer.Score([text], CancellationToken.None)[0];
}
