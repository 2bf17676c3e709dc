using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace BtcAgent.Client;

/// <summary>How often one address may ask.</summary>
internal static class GatewayLimits
{
    public const string SignIn = "sign-in";

    private const int SignInsPerMinute = 20;
    private const int RequestsPerSecond = 200;

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = 429;
        options.AddFixedWindowLimiter(SignIn, window =>
        {
            window.PermitLimit = SignInsPerMinute;
            window.Window = TimeSpan.FromMinutes(1);
        });
        options.GlobalLimiter = PartitionedRateLimiter.Create<Microsoft.AspNetCore.Http.HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = RequestsPerSecond,
                    TokensPerPeriod = RequestsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                }));
    }
}
