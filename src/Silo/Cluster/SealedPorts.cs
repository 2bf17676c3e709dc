using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace BtcAgent.Silo.Cluster;

/// <summary>
/// Closes Orleans' ports for a cluster of one, which has neither peers nor clients. Orleans' ports ask for no key, and every
/// user of the machine could reach them on loopback.
/// </summary>
internal static class SealedPorts
{
    /// <exception cref="InvalidOperationException">Orleans registers its listeners differently in this version.</exception>
    public static ISiloBuilder SealPorts(this ISiloBuilder silo)
    {
        silo.Configure<EndpointOptions>(options => options.GatewayPort = 0);
        var listeners = silo.Services.Where(s => s.IsKeyedService && s.ServiceType == typeof(IConnectionListenerFactory)).ToArray();
        if (listeners.Length == 0)
        {
            throw new InvalidOperationException("Orleans has no keyed connection listeners to replace: its silo port would be open");
        }

        foreach (var listener in listeners)
        {
            silo.Services.Replace(ServiceDescriptor.KeyedSingleton<IConnectionListenerFactory>(listener.ServiceKey, new Nowhere()));
        }

        return silo;
    }

    private sealed class Nowhere : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IConnectionListener>(new Listener(endpoint));
    }

    /// <summary>A listener that binds nothing and accepts no connection.</summary>
    private sealed class Listener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await _ended.Task.WaitAsync(cancellationToken);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _ended.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
