using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>The author of an offered post; null where a figure is not known.</summary>
/// <param name="Id">Id at the source, at most 128 characters. Only its hash is kept, for the author's share of unique texts.</param>
/// <param name="Followers">Followers, 0 or more.</param>
/// <param name="AgeDays">Age of the account in days, 0 or more.</param>
/// <param name="PostsPerDay">Mean posts per day, 0 or more.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PostAuthor(string? Id = null, double? Followers = null, double? AgeDays = null, double? PostsPerDay = null)
{
    internal const int IdMax = 128;

    private const double FigureMax = 1e12;

    /// <summary>Without the id, so that it does not reach a log.</summary>
    public override string ToString() => "author (not shown)";

    /// <returns>The field that is wrong, and how; null when all are right.</returns>
    internal (string Field, string Detail)? Problem() =>
        Id is { } id && PostToOffer.IdProblem(id, IdMax) is { } problem ? ("id", problem)
        : !IsFigure(Followers) ? ("followers", Range)
        : !IsFigure(AgeDays) ? ("ageDays", Range)
        : !IsFigure(PostsPerDay) ? ("postsPerDay", Range)
        : null;

    private const string Range = "is not a number from 0 to 1e12: correct it, or leave it out when it is not known";

    private static bool IsFigure(double? figure) => figure is null or (>= 0 and <= FigureMax);
}
