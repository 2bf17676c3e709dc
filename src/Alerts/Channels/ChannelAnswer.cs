namespace BtcAgent.Alerts.Channels;

/// <summary>The answer of a channel's receiver.</summary>
/// <param name="Kind">Result.</param>
/// <param name="Problem">One line without secrets; null when all went well.</param>
/// <param name="RetryAfter">Pause that the receiver asks for; null when it asks for none.</param>
public sealed record ChannelAnswer(ChannelAnswerKind Kind, string? Problem = null, TimeSpan? RetryAfter = null)
{
    public static ChannelAnswer Accepted { get; } = new(ChannelAnswerKind.Accepted);

    /// <summary>The message is accepted, but does not reach everybody.</summary>
    public static ChannelAnswer InPart(string problem) => new(ChannelAnswerKind.Accepted, problem);

    public static ChannelAnswer Busy(string problem, TimeSpan? retryAfter = null) => new(ChannelAnswerKind.Busy, problem, retryAfter);

    public static ChannelAnswer Refused(string problem) => new(ChannelAnswerKind.Refused, problem);
}
