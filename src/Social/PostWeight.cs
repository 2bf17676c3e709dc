using BtcAgent.Social.Text;
using BtcAgent.Social.Weights;

namespace BtcAgent.Social;

/// <summary>How much a post counts, and why.</summary>
/// <param name="Text">The post's text, as read.</param>
/// <param name="Language">ISO 639-1 code, or <c>und</c>.</param>
/// <param name="Relevance">Relevance to bitcoin, 0…1; also among the factors.</param>
/// <param name="Value">The product of all factors, 0…1.</param>
/// <param name="Factors">Each factor with its reason, in the order of their computation.</param>
public sealed record PostWeight(PostText Text, string Language, double Relevance, double Value, IReadOnlyList<WeightFactor> Factors);
