using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Oidc;

internal sealed partial class ProviderKeys
{
    [LoggerMessage(EventId = 650, Level = LogLevel.Error, Message = "The keys of the token provider {Authority} cannot be read ({Reason}): {Consequence}")]
    private static partial void LogNotRead(ILogger logger, string authority, string reason, string consequence);

    [LoggerMessage(EventId = 651, Level = LogLevel.Information, Message = "The token provider {Authority} has the keys {Keys}")]
    private static partial void LogRead(ILogger logger, string authority, string keys);
}
