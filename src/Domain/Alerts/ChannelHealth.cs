namespace BtcAgent.Domain.Alerts;

/// <summary>How a channel is doing.</summary>
/// <param name="Name">Name of the channel in the settings.</param>
/// <param name="Kind">Kind of the channel, such as <c>email</c>.</param>
/// <param name="Sent">Messages accepted since the notifier's start.</param>
/// <param name="Failed">Failed attempts since then.</param>
/// <param name="Waiting">Messages not yet accepted.</param>
/// <param name="LastSentAt">When the last message was accepted; null before the first.</param>
/// <param name="FailingSince">When attempts or the daily probe began to fail; null while they succeed.</param>
/// <param name="Problem">Why; null while they succeed.</param>
/// <param name="ProbedAt">When the last probe ended; null before the first.</param>
[GenerateSerializer, Immutable, Alias("ChannelHealth")]
public sealed record ChannelHealth(
    [property: Id(0)] string Name,
    [property: Id(1)] string Kind,
    [property: Id(2)] long Sent,
    [property: Id(3)] long Failed,
    [property: Id(4)] int Waiting,
    [property: Id(5)] DateTimeOffset? LastSentAt,
    [property: Id(6)] DateTimeOffset? FailingSince,
    [property: Id(7)] string? Problem,
    [property: Id(8)] DateTimeOffset? ProbedAt);
