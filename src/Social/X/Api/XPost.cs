using BtcAgent.Social.Authors;

namespace BtcAgent.Social.X.Api;

/// <summary>A post in an answer of X.</summary>
/// <param name="Id">Its snowflake.</param>
/// <param name="Text">The whole text, also of a long post.</param>
/// <param name="Author">Id as <c>x:12</c>, and figures.</param>
/// <param name="CreatedAt">By X.</param>
/// <param name="Language">X's guess.</param>
/// <param name="History">Ids of all versions up to this one, the first one first; empty when X gives none.</param>
/// <param name="IsWithheld">In any country, or for copyright.</param>
/// <param name="Rules">Ids of the rules that match; null where X gives none, as in a search.</param>
internal sealed record XPost(
    long Id, string Text, AuthorFacts Author, Timestamp CreatedAt, string? Language, IReadOnlyList<long> History, bool IsWithheld, IReadOnlyList<string>? Rules)
{
    public override string ToString() => $"post {Id}";
}
