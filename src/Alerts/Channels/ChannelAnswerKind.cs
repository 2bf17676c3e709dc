namespace BtcAgent.Alerts.Channels;

/// <summary>Result of an attempt.</summary>
public enum ChannelAnswerKind
{
    /// <summary>The receiver has accepted the message.</summary>
    Accepted,

    /// <summary>The receiver did not answer or is overloaded: the same message may succeed later.</summary>
    Busy,

    /// <summary>The receiver refuses this message or this sender.</summary>
    Refused,
}
