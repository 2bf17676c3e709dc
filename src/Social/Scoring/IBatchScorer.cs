using BtcAgent.Social.Text;

namespace BtcAgent.Social.Scoring;

/// <summary>Judges the tone of several texts at once, for scorers that are cheaper so.</summary>
public interface IBatchScorer
{
    /// <summary>Name and version.</summary>
    string Id { get; }

    /// <summary>SHA-256 of what it reads tones from, in lower-case hexadecimal digits.</summary>
    string Hash { get; }

    /// <summary>Scores texts, in order. Blocks for as long as it takes; a cancellation ends it soon.</summary>
    /// <exception cref="ScoringException">No tone can be given.</exception>
    IReadOnlyList<ToneScore> Score(IReadOnlyList<PostText> texts, CancellationToken cancellationToken);
}
