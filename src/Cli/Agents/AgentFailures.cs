using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Agents;

/// <summary>Explains why an agent did not do what was asked: what happened, and what to do.</summary>
internal static class AgentFailures
{
    private const string MayHaveActed = "; the command may have been carried out: see 'btcagent status'";

    /// <param name="address">The agent's address.</param>
    /// <param name="error">How the request failed.</param>
    /// <param name="certificateProblem">The problem of the agent's certificate; null for none, or no certificate.</param>
    /// <param name="isCommand">True when the request changes something.</param>
    public static AgentException Unreachable(AgentAddress address, HttpRequestException error, string? certificateProblem, bool isCommand)
    {
        var (what, mayHaveActed) = error.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ($"the host '{address.Url.Host}' is unknown: correct --url or the profile", false),
            HttpRequestError.ConnectionError when error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
                ("nothing listens there: start the agent, or name another one with --url or --profile", false),
            HttpRequestError.ConnectionError => ($"{Innermost(error)}: check the address, the network and the firewall", false),
            HttpRequestError.SecureConnectionError => (
                certificateProblem ?? $"no TLS connection ({Innermost(error)}): use http:// for an agent without TLS", false),
            HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse when address.Url.Scheme == Uri.UriSchemeHttp =>
                ("the answer is not HTTP: use https:// for a gateway with TLS, or correct the port", false),
            HttpRequestError.ConfigurationLimitExceeded => ("the answer is larger than 64 MiB: ask for less with --limit", isCommand),
            _ => ($"{Innermost(error)}: try again, or see the agent's log", isCommand),
        };
        return new AgentException($"{address.Url}: {what}{(mayHaveActed ? MayHaveActed : "")}", ExitCodes.Environment);
    }

    public static AgentException TimedOut(AgentAddress address, bool isCommand) => new(
        FormattableString.Invariant($"{address.Url}: no answer within {address.Timeout.TotalSeconds} s: wait longer with --timeout, or see the agent's log")
        + (isCommand ? MayHaveActed : ""),
        ExitCodes.Environment);

    /// <summary>An answer that is not a success, by its status and its problem details.</summary>
    public static AgentException Refused(AgentAddress address, HttpResponseMessage response, ReadOnlySpan<byte> content)
    {
        var said = Problem(content);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new AgentException(
                $"{address.Url} refused the key in {address.KeyFile}: it is another agent's, expired or revoked. "
                + "An agent's own key is in operator.key of its data folder",
                ExitCodes.NotAllowed),
            HttpStatusCode.Forbidden => new AgentException(
                $"the key in {address.KeyFile} does not allow this: {said ?? "ask for a key with another role"}", ExitCodes.NotAllowed),
            HttpStatusCode.TooManyRequests => new AgentException(
                $"{said ?? "too many requests"}: try again {(response.Headers.RetryAfter?.Delta is { } wait ? $"in {wait.TotalSeconds:F0} s" : "later")}"),
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => new AgentException(
                $"{address.Url}: {said ?? $"HTTP {(int)response.StatusCode}: the agent is not ready"}", ExitCodes.Environment),
            HttpStatusCode.BadRequest when said is null => new AgentException(
                $"{address.Url}: the agent does not accept the host name '{address.Url.Host}': add it to Gateway:AllowedHosts, or use another name",
                ExitCodes.Environment),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => new AgentException(
                $"{address.Url} redirects to {response.Headers.Location?.OriginalString ?? "another address"}: name that address, the key is not sent on",
                ExitCodes.Environment),
            _ => new AgentException(said ?? $"{address.Url} answered HTTP {(int)response.StatusCode} without a reason: is it a BtcAgent of this version?"),
        };
    }

    /// <summary>A command that the agent keeps until a second person has confirmed it.</summary>
    /// <param name="place">Path of the confirmation.</param>
    public static AgentException Held(Uri place) => new(
        $"not carried out yet: it waits for a second person, who confirms it at {SafeText.Of(place.OriginalString)}");

    public static AgentException Unreadable(AgentAddress address, HttpResponseMessage response, JsonException error) => new(
        response.Content.Headers.ContentType?.MediaType is "application/json"
            ? $"{address.Url}: the answer cannot be read ({error.Message}): agent and btcagent may have different versions"
            : $"{address.Url}: the answer is {response.Content.Headers.ContentType?.MediaType ?? "empty"}, not JSON: it is not an agent's address",
        ExitCodes.Environment);

    /// <summary>Returns the title and detail of problem details; null when the content is something else.</summary>
    private static string? Problem(ReadOnlySpan<byte> content)
    {
        try
        {
            var reader = new Utf8JsonReader(content);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var (title, detail) = (Text(document.RootElement, "title"), Text(document.RootElement, "detail"));
            return detail is null ? title : title is null or "Bad Request" or "Conflict" or "Not Found" ? detail : $"{title}: {detail}";
        }
        catch (JsonException)
        {
            return null; // The caller explains the status alone.
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? SafeText.Of(value.GetString()!) : null;

    private static string Innermost(Exception error) => error.GetBaseException().Message.TrimEnd('.');
}
