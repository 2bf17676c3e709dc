using System.Net;

namespace BtcAgent.Social.X.Api;

/// <summary>X refused a request or did not answer. The message has no token and nothing of a body.</summary>
/// <param name="failure">Which ladder of waits applies.</param>
/// <param name="message">The failure in words.</param>
/// <param name="inner">The cause.</param>
public sealed class XApiException(XFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public XFailure Failure => failure;

    /// <summary>The status of X's answer; null where it gave none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Time until X's limit is reset; null where it does not say.</summary>
    public TimeSpan? ResetAfter { get; init; }

    /// <summary>Whether X may have charged for the request: it was sent, and X did not refuse it.</summary>
    public bool MayBeCharged { get; init; }
}
