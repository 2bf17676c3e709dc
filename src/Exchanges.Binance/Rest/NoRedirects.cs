using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>Clients that follow no redirect: the key's header and a signed query would go to the address that the answer names.</summary>
internal static class NoRedirects
{
    public static IHttpClientBuilder WithoutRedirects(this IHttpClientBuilder client) =>
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
}
