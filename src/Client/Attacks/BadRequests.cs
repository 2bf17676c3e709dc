using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace BtcAgent.Client.Attacks;

/// <summary>
/// Records requests that the web server refuses before the gateway's code runs: unreadable, slow and oversize ones.
/// </summary>
internal sealed class BadRequests(DiagnosticListener server, AttackLog attacks) : IHostedService, IObserver<KeyValuePair<string, object?>>
{
    private const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = server.Subscribe(this, name => name == Event);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: Event, Value: IFeatureCollection features }
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException error)
        {
            attacks.Saw(KindOf(error.StatusCode), features.Get<IHttpConnectionFeature>()?.RemoteIpAddress);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public static AttackKind KindOf(int statusCode) => statusCode switch
    {
        StatusCodes.Status408RequestTimeout => AttackKind.SlowRequest,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status414UriTooLong or StatusCodes.Status431RequestHeaderFieldsTooLarge =>
            AttackKind.OversizeRequest,
        _ => AttackKind.UnreadableRequest,
    };
}
