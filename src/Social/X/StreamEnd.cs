using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.X;

/// <summary>Why a stream ended.</summary>
/// <param name="Failure">The ladder that applies; null when we closed it.</param>
/// <param name="IsOutOfBudget">The budget does not allow this level any more.</param>
/// <param name="Reason">In words.</param>
internal sealed record StreamEnd(XFailure? Failure, bool IsOutOfBudget, string Reason)
{
    public static StreamEnd OutOfBudget(string reason) => new(null, true, reason);

    public static StreamEnd ReaderTooSlow { get; } = new(null, false, "the posts were not taken before the reservation ended");

    public static StreamEnd LevelChanged { get; } = new(null, false, "the budget has another level");

    public static StreamEnd Lost(XFailure failure, string reason) => new(failure, false, reason);
}
