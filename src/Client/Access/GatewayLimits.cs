using System.Globalization;
using System.Threading.RateLimiting;
using BtcAgent.Client.Attacks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Access;

/// <summary>
/// Request limits, counted after authentication: by name for key holders, by address for everybody else. Commands that stop
/// trading have a separate limit, so that neither a flood of strangers nor the operator's own script disables them.
/// </summary>
internal static class GatewayLimits
{
    /// <summary>Requests of one identity a second.</summary>
    public const int RequestsPerSecond = 200;

    /// <summary>Requests of one sender a second without a key.</summary>
    public const int AnonymousPerSecond = 50;

    /// <summary>Burst of commands that stop trading, per identity; refills by <see cref="StopsPerSecond"/> each second.</summary>
    public const int StopsAtOnce = 50;

    public const int StopsPerSecond = 20;

    /// <summary>
    /// Policy of endpoints that hold a whole file in memory: one at a time, with up to <see cref="UploadsWaiting"/> waiting.
    /// </summary>
    public const string Uploads = "uploads";

    public const int UploadsWaiting = 4;

    private const int AnonymousPlaces = 1_024;

    private enum Kind
    {
        Anonymous,
        Identity,
        Stop,
        SignIn,
    }

    public static void Configure(RateLimiterOptions options)
    {
        options.AddConcurrencyLimiter(Uploads, uploads => (uploads.PermitLimit, uploads.QueueLimit) = (1, UploadsWaiting));
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = RejectAsync;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (Kind Kind, string Who, int Place)>(context =>
        {
            var key = KeyOf(context);
            return key.Kind switch
            {
                Kind.SignIn => RateLimitPartition.GetNoLimiter(key),
                Kind.Stop => Bucket(key, StopsAtOnce, StopsPerSecond),
                Kind.Identity => Bucket(key, RequestsPerSecond, RequestsPerSecond),
                _ => Bucket(key, AnonymousPerSecond, AnonymousPerSecond),
            };
        });
    }

    /// <summary>Sign-in throttles failures instead of requests: the right key is always accepted.</summary>
    private static (Kind Kind, string Who, int Place) KeyOf(HttpContext context)
    {
        var endpoint = context.GetEndpoint()?.Metadata.GetMetadata<LimitedApart>();
        if (endpoint == LimitedApart.SignIn)
        {
            return (Kind.SignIn, "", 0);
        }

        return context.User.Identity is { IsAuthenticated: true } identity
            ? (endpoint == LimitedApart.Stop ? Kind.Stop : Kind.Identity, identity.Name ?? "", 0)
            : (Kind.Anonymous, "", AddressPrefix.Of(context.Connection.RemoteIpAddress).PlaceIn(AnonymousPlaces));
    }

    private static RateLimitPartition<(Kind Kind, string Who, int Place)> Bucket(
        (Kind Kind, string Who, int Place) key, int atOnce, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = atOnce,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        var isKnown = context.User.Identity is { IsAuthenticated: true };
        context.RequestServices.GetRequiredService<AttackLog>().Saw(
            isKnown ? AttackKind.IdentityFlood : AttackKind.AnonymousFlood, context.Connection.RemoteIpAddress);
        context.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        await Results.Problem(
            statusCode: StatusCodes.Status429TooManyRequests,
            title: "Too many requests",
            detail: context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == Uploads
                ? $"Uploads are processed one at a time and {UploadsWaiting} may wait: repeat this one when the others are done."
                : isKnown
                ? $"At most {RequestsPerSecond} requests a second with one key: wait a second. Halt, flatten and disarm have a separate limit."
                : $"At most {AnonymousPerSecond} requests a second without the operator key: send it, or wait a second.")
            .ExecuteAsync(context);
    }
}
