using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BtcAgent.Client.Grpc;

/// <summary>Adds the key to each call, and a deadline to each unary call without one; a stream lasts until it is ended.</summary>
internal sealed class KeyAndDeadline(string key, TimeSpan deadline) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, With(context, isStream: false));

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, With(context, isStream: false));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, With(context, isStream: true));

    private ClientInterceptorContext<TRequest, TResponse> With<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, bool isStream)
        where TRequest : class
        where TResponse : class
    {
        var headers = new Metadata { { "authorization", $"Bearer {key}" } };
        foreach (var given in context.Options.Headers ?? [])
        {
            headers.Add(given);
        }

        var options = context.Options.WithHeaders(headers);
        return new(
            context.Method,
            context.Host,
            isStream || options.Deadline is not null ? options : options.WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime + deadline));
    }
}
